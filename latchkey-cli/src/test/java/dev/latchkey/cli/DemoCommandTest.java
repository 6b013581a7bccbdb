package dev.latchkey.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
final class DemoCommandTest {
    @TempDir
    private Path folder;

    @Test
    void demo_headless_keepsEveryPromise() {
        Cli.Ended ended = new Cli(folder).run("demo", "--headless");

        assertThat(ended.code()).as(ended.out()).isZero();
        assertThat(ended.out())
                .contains("exactly one token request for 50 callers", "interaction_in_progress", "invalid_grant")
                .endsWith("All 10 steps passed their checks." + System.lineSeparator())
                .doesNotContain("FAILED", "\u001b[")
                .doesNotContainPattern(Cli.SECRETS);
        assertThat(ended.out().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
        assertThat(ended.err()).isEmpty();
    }

    @Test
    void demo_whereThereIsNoBrowser_saysThatAScriptTakesOver() {
        Cli cli = new Cli(folder);
        cli.browser(uri -> {
            throw new dev.latchkey.core.error.BrowserAuthException(
                    dev.latchkey.core.error.ErrorCodes.NO_BROWSER, "none");
        });

        Cli.Ended ended = cli.run("demo", "--color", "always");

        assertThat(ended.code()).as(ended.out()).isZero();
        assertThat(ended.out()).contains("a scripted user continues", "the password", "\u001b[32mok\u001b[0m");
    }

    @Test
    void demo_unknownColour_endsWithTwo() {
        assertThat(new Cli(folder).run("demo", "--color", "pink").code()).isEqualTo(2);
    }
}
