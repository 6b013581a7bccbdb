package dev.latchkey.integration.popup;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/**
 * oidc-provider, a certified provider for Node, as a child process on a free loopback port. It ends with this JVM, since
 * it reads its standard input.
 */
final class OidcProviderServer implements AutoCloseable {
    /** A public client; the port of its redirect URI is free. */
    static final String CLIENT_ID = "latchkey-app";

    private final Process process;
    private final URI issuer;

    private OidcProviderServer(Process process, URI issuer) {
        this.process = process;
        this.issuer = issuer;
    }

    /** Starts one, unless npm has not brought it: the build has said so aloud, and the test is skipped. */
    static OidcProviderServer start() {
        Path folder = Path.of(System.getProperty("latchkey.npm", "target/npm")).toAbsolutePath();
        Assumptions.assumeTrue(
                Files.exists(folder.resolve("node_modules/.package-lock.json")), "npm has not fetched oidc-provider");
        try {
            Process process = new ProcessBuilder("node", "provider.mjs")
                    .directory(folder.toFile())
                    .redirectError(folder.resolve("errors.log").toFile())
                    .start();
            return new OidcProviderServer(process, issuer(process, folder));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    URI issuer() {
        return issuer;
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }

    private static URI issuer(Process process, Path folder) throws IOException {
        BufferedReader output = process.inputReader();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            if (line.startsWith("issuer ")) {
                return URI.create(line.substring("issuer ".length()));
            }
        }
        throw new IllegalStateException("oidc-provider ended before it listened, see " + folder.resolve("errors.log"));
    }
}
