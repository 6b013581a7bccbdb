package dev.latchkey.store.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The key in a real keychain: GNOME's, on a session bus of its own, reached by java-keyring. Each program runs in a new
 * session, as after the person has logged out and in again.
 */
@Timeout(120)
class SecretServiceTest {
    private static final List<String> NEEDED = List.of("dbus-run-session", "gnome-keyring-daemon");
    private static final long PATIENCE_SECONDS = 30;

    @TempDir
    private Path home;

    private Path store;

    @BeforeAll
    static void needsAKeyring() {
        List<String> missing =
                NEEDED.stream().filter(program -> !isOnPath(program)).toList();
        assumeTrue(
                missing.isEmpty(), () -> "NO KEYRING TO TEST WITH: " + missing + "; ./verify installs them on Debian");
    }

    @BeforeEach
    void name() throws IOException {
        store = home.resolve("tokens");
        Files.createDirectory(home.resolve("run"));
    }

    @Test
    void key_restsInTheKeyring_andTheNextSessionReadsWithIt() throws IOException, InterruptedException {
        assertThat(inSession("right", "ada's")).isEqualTo("ada's");
        assertThat(Files.readString(store.resolve("keys"))).contains("keychain ");

        assertThat(inSession("right")).isEqualTo("ada's");
    }

    @Test
    void keyring_lockedOrOutOfReach_isAnErrorAndTheTokensStay() throws IOException, InterruptedException {
        inSession("right", "ada's");

        assertThat(inSession("wrong")).isEqualTo("cache_key_unavailable");
        assertThat(inSession("wrong", "somebody's")).isEqualTo("cache_key_unavailable");
        assertThat(run(program())).as("without a session bus").isEqualTo("cache_key_unavailable");
        assertThat(inSession("right")).isEqualTo("ada's");
    }

    private String inSession(String password, String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                "dbus-run-session",
                "--",
                "bash",
                "-c",
                "printf '%s' \"$0\" | gnome-keyring-daemon --unlock --components=secrets --daemonize >&2; exec \"$@\"",
                password));
        command.addAll(program(words));
        return run(command);
    }

    private List<String> program(String... words) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                "-cp",
                System.getProperty("java.class.path"),
                KeepingProgram.class.getName(),
                store.toString()));
        command.addAll(List.of(words));
        return command;
    }

    /** What the program said. It has to end by itself: a thread of the keychain's would keep it alive. */
    private String run(List<String> command) throws IOException, InterruptedException {
        Path out = home.resolve("out");
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectOutput(out.toFile())
                .redirectError(home.resolve("err").toFile());
        Map<String, String> environment = builder.environment();
        environment.keySet().removeAll(List.of("DBUS_SESSION_BUS_ADDRESS", "DISPLAY", "WAYLAND_DISPLAY"));
        environment.put("HOME", home.toString());
        environment.put("XDG_DATA_HOME", home.resolve("data").toString());
        environment.put("XDG_RUNTIME_DIR", home.resolve("run").toString());
        Process process = builder.start();
        try {
            boolean ended = process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS);
            assertThat(ended).as("it ends by itself; %s", said()).isTrue();
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        return Files.readString(out, StandardCharsets.UTF_8).strip();
    }

    private String said() throws IOException {
        return Files.readString(home.resolve("out")) + Files.readString(home.resolve("err"));
    }

    private static boolean isOnPath(String program) {
        return List.of(System.getenv().getOrDefault("PATH", "").split(":")).stream()
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }
}
