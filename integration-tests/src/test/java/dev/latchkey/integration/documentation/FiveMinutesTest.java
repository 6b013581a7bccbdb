package dev.latchkey.integration.documentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.latchkey.integration.documentation.MarkdownFile.CodeBlock;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.testkit.engine.EngineTestKit;
import org.junit.platform.testkit.engine.Events;

/**
 * The first five minutes with the local authority, as printed: a test that fails, and the program that makes it pass.
 */
final class FiveMinutesTest {
    @Test
    void testOfA429_asPrinted_failsAndThenPasses(@TempDir Path folder) throws Exception {
        List<CodeBlock> steps =
                MarkdownFile.read(Path.of("docs/local-authority.md")).java();

        assertThat(new JavaBlock(steps.get(0)).compileTo(folder)).isEmpty();
        run(folder).assertStatistics(tests -> tests.started(1).failed(1));

        assertThat(new JavaBlock(steps.get(1)).compileTo(folder)).isEmpty();
        Events passed = run(folder);
        assertThat(passed.failed().stream()).as("what failed").isEmpty();
        passed.assertStatistics(tests -> tests.started(1).succeeded(1));
    }

    private static Events run(Path folder) throws IOException, ClassNotFoundException {
        URL[] compiled = {folder.toUri().toURL()};
        try (URLClassLoader classes = new URLClassLoader(compiled, FiveMinutesTest.class.getClassLoader())) {
            return EngineTestKit.engine("junit-jupiter")
                    .selectors(selectClass(classes.loadClass("MailboxTest")))
                    .execute()
                    .testEvents();
        }
    }
}
