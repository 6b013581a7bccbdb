package dev.latchkey.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.json.Json;
import dev.latchkey.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;

/** Does what a browser with our page does: keeps cookies and sends headers. */
final class Browser {
    private final HttpClient http = HttpClient.newHttpClient();
    private final WebBench bench;
    final Map<String, String> headers = new LinkedHashMap<>();
    /** The session cookie; null if there is none. */
    String cookie;

    /** Other cookies that the server set, by name. */
    final Map<String, String> others = new LinkedHashMap<>();

    Browser(WebBench bench) {
        this.bench = bench;
        headers.put("X-Latchkey", "1");
        headers.put("Origin", bench.origin);
        headers.put("Sec-Fetch-Site", "same-origin");
    }

    /** Another window of this browser, which does not yet have cookies set in this one. */
    Browser window() {
        Browser window = new Browser(bench);
        window.cookie = cookie;
        window.others.putAll(others);
        return window;
    }

    /** Copies the cookies that the other window received. */
    void learnFrom(Browser window) {
        cookie = window.cookie;
        others.clear();
        others.putAll(window.others);
    }

    static String newId() {
        return UUID.randomUUID().toString().replace("-", "");
    }

    HttpResponse<String> post(String path, Map<String, ?> json) {
        return post(path, Json.write(json));
    }

    HttpResponse<String> post(String path, String body) {
        return post(path, "application/json", body);
    }

    HttpResponse<String> post(String path, String type, String body) {
        HttpRequest.Builder request = request(path).POST(BodyPublishers.ofString(body));
        if (!type.isEmpty()) {
            request.header("Content-Type", type);
        }
        headers.forEach(request::header);
        return send(request);
    }

    HttpResponse<String> get(String path) {
        HttpRequest.Builder request = request(path).GET();
        headers.forEach(request::header);
        return send(request);
    }

    /** A navigation by the user: without our headers. */
    HttpResponse<String> navigate(URI address) {
        return send(HttpRequest.newBuilder(address).header("Sec-Fetch-Site", "cross-site"));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(bench.origin + "/latchkey" + path));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        String cookies = cookies();
        if (!cookies.isEmpty()) {
            request.header("Cookie", cookies);
        }
        try {
            HttpResponse<String> response = sendTwiceAtMost(request.build());
            response.headers().allValues("Set-Cookie").forEach(this::keep);
            return response;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A pooled connection may be closed just as it is reused; browsers then retry on a new one, and so does this. */
    private HttpResponse<String> sendTwiceAtMost(HttpRequest request) throws IOException, InterruptedException {
        try {
            return http.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            return http.send(request, BodyHandlers.ofString());
        }
    }

    /** The Cookie header. */
    String cookies() {
        Map<String, String> all = new LinkedHashMap<>(others);
        if (cookie != null) {
            all.put(bench.web().cookie().name(), cookie);
        }
        return all.entrySet().stream()
                .map(one -> one.getKey() + "=" + one.getValue())
                .collect(Collectors.joining("; "));
    }

    private void keep(String header) {
        assertThat(header).startsWith("__Host-latchkey-").contains("Secure", "HttpOnly", "SameSite=Lax", "Path=/");
        String name = header.substring(0, header.indexOf('='));
        String value = header.substring(header.indexOf('=') + 1, header.indexOf(';'));
        boolean isSession = name.equals(bench.web().cookie().name());
        assertThat(header.contains("Max-Age"))
                .as("only the session lasts as long as the browser")
                .isEqualTo(!isSession || value.isEmpty());
        if (isSession) {
            cookie = value.isEmpty() ? null : value;
        } else if (value.isEmpty()) {
            others.remove(name);
        } else {
            others.put(name, value);
        }
    }

    /** Starts a sign-in and returns the address at the authority. */
    URI start(String id, String type, Map<String, ?> more, String... scopes) {
        Map<String, Object> request = new LinkedHashMap<>(more);
        request.put("scopes", Arrays.asList(scopes));
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("type", type);
        body.put("id", id);
        body.put("request", request);
        if (type.equals("redirect")) {
            body.put("returnTo", bench.origin + "/inbox?m=1#top");
        }
        HttpResponse<String> answer = post("/start", body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return URI.create(json(answer).string("url", ""));
    }

    /** The address to which the authority redirects the user. */
    URI visit(String person, URI authorization) {
        return bench.idp
                .person(person)
                .visitUpToRedirect(authorization)
                .arrivedAt()
                .orElseThrow();
    }

    /** A whole sign-in; returns the result. */
    JsonObject signIn(String person, String... scopes) {
        String id = newId();
        URI callback = visit(person, start(id, "popup", Map.of(), scopes));
        assertThat(navigate(callback).statusCode()).isEqualTo(200);
        HttpResponse<String> result = post("/result", Map.of("id", id));
        assertThat(result.statusCode()).as(result.body()).isEqualTo(200);
        return json(result);
    }

    HttpResponse<String> token(Map<String, ?> more, String... scopes) {
        Map<String, Object> request = new LinkedHashMap<>(more);
        request.put("scopes", Arrays.asList(scopes));
        return post("/token", Map.of("request", request));
    }

    List<String> usernames() {
        List<String> names = new ArrayList<>();
        json(get("/session")).objects("accounts").forEach(account -> names.add(account.string("username", "")));
        return names;
    }

    static JsonObject json(HttpResponse<String> answer) {
        try {
            return Json.parseObject(answer.body());
        } catch (dev.latchkey.core.json.JsonException e) {
            throw new AssertionError(answer.statusCode() + " " + answer.body(), e);
        }
    }

    static String errorOf(HttpResponse<String> answer) {
        JsonObject error = json(answer).object("error");
        return error == null ? "" : error.string("errorCode", "");
    }

    /** An account as a page names it. */
    static Map<String, String> ref(JsonObject account) {
        return Map.of(
                "homeAccountId", account.string("homeAccountId", ""),
                "environment", account.string("environment", ""),
                "tenantId", account.string("tenantId", ""));
    }
}
