package dev.latchkey.integration.keycloak;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Keycloak from its own distribution, as a child process on a free loopback port with an in-memory database and the
 * realm of {@code keycloak/latchkey-realm.json}. Its output goes to {@code target/keycloak.log}.
 *
 * <p>Tests get one from {@link KeycloakExtension}, which starts it once for the whole run.
 */
public final class KeycloakServer implements AutoCloseable {
    /** The public client of the realm; any port and path on {@code http://127.0.0.1} may be its redirect URI. */
    public static final String CLIENT_ID = "latchkey-app";

    public static final String USERNAME = "alice";
    public static final String PASSWORD = "secret";

    /** The first start also prepares the distribution, which takes most of this time. */
    private static final int START_SECONDS = 240;

    private static final Pattern LISTENING = Pattern.compile("Listening on: (http://\\S+)");

    private final Process process;
    private final Thread endWithThisJvm = new Thread(this::kill, "keycloak-end");
    private final CompletableFuture<URI> address = new CompletableFuture<>();

    private KeycloakServer(Process process) {
        this.process = process;
    }

    public static KeycloakServer start() {
        Path home = Path.of(System.getProperty("latchkey.keycloak.home", "target/keycloak"))
                .toAbsolutePath();
        if (!Files.isDirectory(home)) {
            throw new IllegalStateException("No Keycloak at " + home + ": Maven's process-test-resources unpacks it");
        }
        try {
            importRealm(home);
            KeycloakServer server = new KeycloakServer(launch(home));
            Runtime.getRuntime().addShutdownHook(server.endWithThisJvm);
            server.readOutput(home.resolveSibling("keycloak.log"));
            server.awaitAddress();
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The realm's issuer, which is also its authority URL. */
    public URI issuer() {
        return URI.create(address.join() + "/realms/latchkey");
    }

    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(endWithThisJvm);
        kill();
        process.onExit().join();
    }

    private static void importRealm(Path home) throws IOException {
        Path folder = Files.createDirectories(home.resolve("data/import"));
        try (InputStream realm = KeycloakServer.class.getResourceAsStream("/keycloak/latchkey-realm.json")) {
            Files.copy(realm, folder.resolve("latchkey-realm.json"), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static Process launch(Path home) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                home.resolve("bin/kc.sh").toString(),
                "start-dev",
                "--db=dev-mem",
                "--http-host=127.0.0.1",
                "--http-port=0",
                "--import-realm");
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("KC_") || name.startsWith("JAVA_OPTS"));
        environment.remove("JAVA");
        environment.put("JAVA_HOME", System.getProperty("java.home"));
        environment.put("JAVA_OPTS_APPEND", "-XX:TieredStopAtLevel=1");
        return builder.redirectErrorStream(true).start();
    }

    private void readOutput(Path log) {
        Thread reader = new Thread(() -> copyOutput(log), "keycloak-output");
        reader.setDaemon(true);
        reader.start();
    }

    private void copyOutput(Path log) {
        try (BufferedReader output = process.inputReader();
                BufferedWriter copy = Files.newBufferedWriter(log)) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                copy.write(line);
                copy.newLine();
                copy.flush();
                noticeAddress(line);
            }
        } catch (IOException e) {
            address.completeExceptionally(e);
        }
        address.completeExceptionally(new IllegalStateException("Keycloak ended before it listened, see " + log));
    }

    private void noticeAddress(String line) {
        Matcher listening = LISTENING.matcher(line);
        if (listening.find()) {
            address.complete(URI.create(listening.group(1)));
        }
    }

    private void awaitAddress() {
        try {
            address.get(START_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            close();
            throw new IllegalStateException("Keycloak did not start", e);
        } catch (InterruptedException e) {
            close();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while Keycloak started", e);
        }
    }

    /** Kills the script and the JVM that it started; an in-memory server needs no orderly shutdown. */
    private void kill() {
        List<ProcessHandle> all = Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .toList();
        all.forEach(ProcessHandle::destroyForcibly);
        all.forEach(handle -> handle.onExit().join());
    }
}
