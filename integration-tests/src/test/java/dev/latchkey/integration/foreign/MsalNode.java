package dev.latchkey.integration.foreign;

import dev.latchkey.authority.LocalAuthority;
import dev.latchkey.core.json.Json;
import dev.latchkey.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/** msal-node as a child process. It ends with this JVM, since it reads its standard input. */
final class MsalNode implements AutoCloseable {
    private final Process process;
    private final BufferedWriter requests;
    private final BufferedReader answers;

    private MsalNode(Process process) {
        this.process = process;
        this.requests = process.outputWriter();
        this.answers = process.inputReader();
    }

    /** Starts one that trusts the authority, unless npm has not brought it: then the test is skipped. */
    static MsalNode start(LocalAuthority authority, Path folder) throws IOException, CertificateEncodingException {
        Path npm = Path.of(System.getProperty("latchkey.npm", "target/npm")).toAbsolutePath();
        Assumptions.assumeTrue(
                Files.exists(npm.resolve("node_modules/.package-lock.json")), "npm has not fetched msal-node");
        Path trusted = folder.resolve("trusted.pem");
        Files.writeString(trusted, pem(authority.caCertificate().getEncoded()));
        ProcessBuilder builder = new ProcessBuilder("node", "msal.mjs")
                .directory(npm.toFile())
                .redirectError(npm.resolve("msal-errors.log").toFile());
        builder.environment().put("NODE_EXTRA_CA_CERTS", trusted.toString());
        return new MsalNode(builder.start());
    }

    JsonObject ask(Map<String, Object> request) throws Exception {
        requests.write(Json.write(request));
        requests.newLine();
        requests.flush();
        String line = answers.readLine();
        if (line == null) {
            throw new AssertionError("msal-node has ended");
        }
        JsonObject answer = Json.parseObject(line);
        if (answer.has("error")) {
            throw new AssertionError(answer.string("error"));
        }
        return answer;
    }

    @Override
    public void close() {
        try {
            requests.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            process.destroyForcibly();
            process.onExit().join();
        }
    }

    private static String pem(byte[] certificate) {
        String text = Base64.getMimeEncoder().encodeToString(certificate);
        return "-----BEGIN CERTIFICATE-----\n" + text + "\n-----END CERTIFICATE-----\n";
    }
}
