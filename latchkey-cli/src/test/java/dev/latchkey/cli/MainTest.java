package dev.latchkey.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.cli.command.ExitCode;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MainTest {
    @TempDir
    private Path folder;

    @Test
    void help_listsCommandsAndExitCodesOnStandardOutput() {
        Cli.Ended ended = new Cli(folder).run("--help");

        assertThat(ended.code()).isZero();
        assertThat(ended.err()).isEmpty();
        assertThat(ended.out()).contains("login", "token", "accounts", "logout", "demo", "authority");
        ExitCode.meanings().values().forEach(meaning -> assertThat(ended.out()).contains(meaning));
    }

    @ParameterizedTest
    @ValueSource(strings = {"login", "token", "accounts", "logout", "demo", "authority"})
    void help_ofACommand_fitsEightyColumns(String command) {
        Cli.Ended ended = new Cli(folder).run(command, "--help");

        assertThat(ended.code()).isZero();
        assertThat(ended.out()).contains("Usage: latchkey " + command, "Exit codes:");
        assertThat(ended.out().lines()).allSatisfy(line -> assertThat(line).hasSizeLessThanOrEqualTo(80));
        assertThat(new Cli(folder).run("help", command).out()).isEqualTo(ended.out());
    }

    @Test
    void version_isThatOfTheBuild() {
        assertThat(new Cli(folder).succeed("--version")).matches("latchkey \\d+\\.\\d+\\.\\d+\\S* on Java .+\\R");
    }

    @Test
    void nothing_endsWithTwoAndHelpOnStandardError() {
        Cli.Ended ended = new Cli(folder).run();

        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err()).contains("missing command", "Commands:");
    }

    @Test
    void unknownCommand_endsWithTwo() {
        Cli.Ended ended = new Cli(folder).run("tokn");

        assertThat(ended.code()).isEqualTo(2);
        assertThat(ended.out()).isEmpty();
        assertThat(ended.err()).contains("tokn", "Did you mean", "latchkey --help");
    }
}
