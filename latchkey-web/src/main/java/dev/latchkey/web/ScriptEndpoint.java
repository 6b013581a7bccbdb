package dev.latchkey.web;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Serves a file of {@code latchkey.js}; browsers revalidate it each time and mostly get 304. */
final class ScriptEndpoint implements LatchkeyServlet.Endpoint {
    private static final List<String> FILES =
            List.of("latchkey.js", "latchkey.js.map", "latchkey.global.js", "latchkey.global.js.map", "latchkey.d.ts");

    private final String name;
    private final String text;
    private final String tag;

    private ScriptEndpoint(String name, String text) {
        this.name = name;
        this.text = text;
        this.tag = tagOf(text);
    }

    /** All files, by method and path. */
    static Map<String, ScriptEndpoint> all() {
        return FILES.stream().collect(Collectors.toMap(name -> "GET /" + name, ScriptEndpoint::of));
    }

    private static ScriptEndpoint of(String name) {
        String folder = read("script-folder.txt").trim();
        return new ScriptEndpoint(name, read("/" + folder + name));
    }

    private static String read(String resource) {
        try (InputStream in = ScriptEndpoint.class.getResourceAsStream(resource)) {
            if (in == null) {
                throw new IllegalStateException("the artifact lacks " + resource + ": the build was incomplete");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("cannot read " + resource, e);
        }
    }

    @Override
    public void serve(Exchange exchange) throws IOException {
        exchange.response().setHeader("Cache-Control", "no-cache");
        exchange.response().setHeader("ETag", tag);
        exchange.response().setHeader("Cross-Origin-Resource-Policy", "same-origin");
        if (exchange.header("If-None-Match").filter(tag::equals).isPresent()) {
            exchange.response().setStatus(304);
            return;
        }
        exchange.answer(200, typeOf(name), text);
    }

    private static String typeOf(String name) {
        if (name.endsWith(".js")) {
            return "text/javascript";
        }
        return name.endsWith(".map") ? "application/json" : "text/plain";
    }

    private static String tagOf(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return '"' + Base64.getUrlEncoder().withoutPadding().encodeToString(hash) + '"';
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
