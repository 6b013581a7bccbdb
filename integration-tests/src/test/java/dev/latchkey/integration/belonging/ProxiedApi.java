package dev.latchkey.integration.belonging;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The API that fronts serve to their pages: one for all sequences, each of which uses its own path. */
final class ProxiedApi implements AutoCloseable {
    /** The path for data that an API gives to nobody yet. */
    static final String CHALLENGING = "challenge";

    private final HttpServer server;
    private final AtomicInteger count = new AtomicInteger();
    private final Map<String, Arrived> arrived = new ConcurrentHashMap<>();

    /**
     * A call that arrived.
     *
     * @param authorization the Authorization header
     * @param cookie the Cookie header; null if there was none
     */
    record Arrived(String authorization, @Nullable String cookie) {
        String token() {
            return authorization.replaceFirst("^Bearer ", "");
        }
    }

    ProxiedApi() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::serve);
        server.start();
    }

    /** An address that no other sequence uses. */
    URI address() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/" + count.incrementAndGet());
    }

    /** The last call to such an address. */
    @Nullable
    Arrived take(URI address) {
        return arrived.remove(address.getPath());
    }

    private void serve(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        int slash = path.lastIndexOf('/');
        String authorization = exchange.getRequestHeaders().getFirst("Authorization");
        arrived.put(
                path.substring(0, slash),
                new Arrived(
                        authorization == null ? "" : authorization,
                        exchange.getRequestHeaders().getFirst("Cookie")));
        boolean challenges = path.substring(slash + 1).equals(CHALLENGING);
        byte[] answer = "{\"mails\":3}".getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.getResponseHeaders().set("Set-Cookie", "__Host-latchkey-planted=x; Path=/; Secure");
        if (challenges) {
            exchange.getResponseHeaders()
                    .set("WWW-Authenticate", "Bearer error=\"insufficient_claims\", claims=\"eyJhIjoxfQ==\"");
        }
        exchange.sendResponseHeaders(challenges ? 401 : 200, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
