package dev.latchkey.interaction;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Real processes on this machine. */
@Timeout(60)
@DisabledOnOs(OS.WINDOWS)
final class LocalHostTest {
    private final LocalHost patient = new LocalHost(Duration.ofSeconds(30));

    @Test
    void start_commandThatEndsWell_works() {
        assertThat(patient.start(List.of("true"))).isTrue();
    }

    @Test
    void start_commandThatFailsWithinTheGrace_failed() {
        assertThat(patient.start(List.of("false"))).isFalse();
    }

    @Test
    void start_commandThatDoesNotExist_failed() {
        assertThat(patient.start(List.of("/no/such/browser", "https://id.example/")))
                .isFalse();
    }

    @Test
    void start_commandThatGoesOn_worksOnceTheGraceIsOver(@TempDir Path directory) throws Exception {
        Path fifo = directory.resolve("fifo");
        assertThat(new ProcessBuilder("mkfifo", fifo.toString()).start().waitFor())
                .isZero();

        assertThat(new LocalHost(Duration.ofMillis(1)).start(List.of("cat", fifo.toString())))
                .isTrue();

        // Lets the command end: it reads until its writer is gone.
        Files.newOutputStream(fifo).close();
    }

    @Test
    void start_argument_reachesTheCommandWhole(@TempDir Path directory) throws IOException {
        Path script = directory.resolve("browser");
        Path seen = directory.resolve("seen");
        Files.writeString(script, "#!/bin/sh\nprintf '%s|' \"$#\" \"$@\" > '" + seen + "'\n");
        assertThat(script.toFile().setExecutable(true)).isTrue();
        String address = "https://id.example/?a=1&b='$(touch x)';c=`id`";

        assertThat(patient.start(List.of(script.toString(), address))).isTrue();

        assertThat(Files.readString(seen)).isEqualTo("1|" + address + "|");
    }

    @Test
    void start_standardInput_isEmpty() {
        assertThat(patient.start(List.of("cat"))).isTrue();
    }

    @Test
    void start_interruptedWhileWaiting_keepsTheInterrupt(@TempDir Path directory) {
        Thread.currentThread().interrupt();

        assertThat(patient.start(List.of("true"))).isTrue();

        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void fileText_unreadable_isEmpty() {
        assertThat(patient.fileText("/no/such/file")).isEmpty();
        assertThat(patient.fileExists("/no/such/file")).isFalse();
    }
}
