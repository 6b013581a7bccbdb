package dev.latchkey.spring.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.authority.LocalAuthority;
import dev.latchkey.core.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Sends what a browser with latchkey.js in its page sends to a Spring Boot application. */
final class Browser {
    private final HttpClient http = HttpClient.newHttpClient();
    private final String origin;
    private final Map<String, String> cookies = new LinkedHashMap<>();

    Browser(int port) {
        this.origin = "http://localhost:" + port;
    }

    HttpResponse<String> get(String path) {
        return send(HttpRequest.newBuilder(URI.create(origin + path)));
    }

    HttpResponse<String> post(String path, Map<String, ?> json) {
        return send(HttpRequest.newBuilder(URI.create(origin + path))
                .header("X-Latchkey", "1")
                .header("Origin", origin)
                .header("Sec-Fetch-Site", "same-origin")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(Json.write(json))));
    }

    /** A whole popup sign-in. */
    void signIn(LocalAuthority idp, String person, String... scopes) {
        String id = UUID.randomUUID().toString().replace("-", "");
        HttpResponse<String> start = post(
                "/latchkey/start", Map.of("type", "popup", "id", id, "request", Map.of("scopes", List.of(scopes))));
        assertThat(start.statusCode()).as(start.body()).isEqualTo(200);
        URI callback = idp.person(person)
                .visitUpToRedirect(URI.create(field(start.body(), "url")))
                .arrivedAt()
                .orElseThrow();
        assertThat(callback).hasToString(origin + callback.getRawPath() + "?" + callback.getRawQuery());
        HttpRequest.Builder navigation = HttpRequest.newBuilder(callback).header("Sec-Fetch-Site", "cross-site");
        assertThat(send(navigation).statusCode()).isEqualTo(200);
        assertThat(post("/latchkey/result", Map.of("id", id)).statusCode()).isEqualTo(200);
    }

    static String field(String json, String name) {
        try {
            return Json.parseObject(json).string(name, "");
        } catch (dev.latchkey.core.json.JsonException e) {
            throw new AssertionError(json, e);
        }
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        if (!cookies.isEmpty()) {
            request.header("Cookie", cookies());
        }
        try {
            HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
            response.headers().allValues("Set-Cookie").stream()
                    .filter(header -> header.startsWith("__Host-latchkey"))
                    .forEach(this::keep);
            return response;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The Cookie header. */
    String cookies() {
        return String.join("; ", cookies.values());
    }

    private void keep(String header) {
        String name = header.substring(0, header.indexOf('='));
        if (header.contains("Max-Age=0")) {
            cookies.remove(name);
        } else {
            cookies.put(name, header.substring(0, header.indexOf(';')));
        }
    }
}
