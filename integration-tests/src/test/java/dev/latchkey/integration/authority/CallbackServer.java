package dev.latchkey.integration.authority;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The client's redirect URI: receives responses by query or form and shows a short page. */
final class CallbackServer implements AutoCloseable {
    private final BlockingQueue<Map<String, String>> answers = new LinkedBlockingQueue<>();
    private final HttpServer server;

    private CallbackServer(HttpServer server) {
        this.server = server;
    }

    static CallbackServer start() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        CallbackServer callback = new CallbackServer(server);
        server.createContext("/", callback::take);
        server.start();
        return callback;
    }

    URI uri() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** The next response. */
    Map<String, String> answer() throws InterruptedException {
        Map<String, String> answer = answers.poll(20, TimeUnit.SECONDS);
        if (answer == null) {
            throw new AssertionError("no answer came to " + uri());
        }
        return answer;
    }

    @Override
    public void close() {
        server.stop(0);
    }

    private void take(HttpExchange exchange) throws IOException {
        String query = exchange.getRequestURI().getRawQuery();
        String form = new String(exchange.getRequestBody().readAllBytes(), UTF_8);
        if (exchange.getRequestURI().getPath().equals("/")) {
            answers.add(decode(form.isEmpty() && query != null ? query : form));
        }
        byte[] page = "<!doctype html><html lang=en><link rel=icon href=data:,><title>Back</title><h1>Back</h1>"
                .getBytes(UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "text/html;charset=utf-8");
        exchange.sendResponseHeaders(200, page.length);
        exchange.getResponseBody().write(page);
        exchange.close();
    }

    private static Map<String, String> decode(String text) {
        Map<String, String> decoded = new LinkedHashMap<>();
        for (String pair : text.split("&")) {
            String[] parts = pair.split("=", 2);
            decoded.put(URLDecoder.decode(parts[0], UTF_8), parts.length < 2 ? "" : URLDecoder.decode(parts[1], UTF_8));
        }
        return decoded;
    }
}
