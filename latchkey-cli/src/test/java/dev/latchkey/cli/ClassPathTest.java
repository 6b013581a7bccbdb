package dev.latchkey.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The {@code latchkey} script gives the authority's jars only to the commands that run one. */
@Timeout(120)
final class ClassPathTest {
    private static final Pattern OF_THE_AUTHORITY =
            Pattern.compile(".*(latchkey-authority|org.eclipse.jetty|org.bouncycastle).*");
    private static final long PATIENCE_SECONDS = 60;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"--help", "--version", "help authority", "demo --help", "token --help"})
    void main_whereNoAuthorityRuns_needsNoneOfItsJars(String words) throws IOException, InterruptedException {
        assertThat(run(Main.class, words.split(" "))).isZero();
        assertThat(folder.resolve("err")).isEmptyFile();
    }

    @Test
    void rehearsal_whichIsACachedToken_needsNoneOfItsJars() throws IOException, InterruptedException {
        assertThat(run(Rehearsal.class)).isZero();
    }

    private int run(Class<?> program, String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                classPath(),
                program.getName()));
        command.addAll(List.of(words));
        Process process = new ProcessBuilder(command)
                .redirectOutput(folder.resolve("out").toFile())
                .redirectError(folder.resolve("err").toFile())
                .start();
        try {
            assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        } finally {
            process.destroyForcibly();
        }
        return process.exitValue();
    }

    private static String classPath() {
        String all = System.getProperty("java.class.path");
        assertThat(all).containsPattern(OF_THE_AUTHORITY);
        return Arrays.stream(all.split(File.pathSeparator))
                .filter(entry -> !OF_THE_AUTHORITY.matcher(entry).matches())
                .collect(Collectors.joining(File.pathSeparator));
    }
}
