package dev.latchkey.http;

import dev.latchkey.core.http.HttpMessage;
import dev.latchkey.core.http.Parameters;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;

/** A program of its own: what the JVM lets it say to a proxy is decided with its first HTTP client. */
final class ProxyProgram {
    private ProxyProgram() {}

    /** Posts once through the proxy of the environment, and prints the status or the failure. */
    public static void main(String[] arguments) throws Exception {
        try (JdkHttpTransport transport = JdkHttpTransport.builder()
                .trust(Origin.trusting(Path.of(arguments[0])))
                .proxy(ProxySettings.environment())
                .build()) {
            HttpMessage message = HttpMessage.post(
                    URI.create("https://" + Origin.HOST + "/token"),
                    Parameters.builder().set("code", "x").build());
            System.out.println(transport.send(message, Duration.ofSeconds(30)).status());
        } catch (IOException e) {
            System.out.println(e);
        }
        System.exit(0);
    }
}
