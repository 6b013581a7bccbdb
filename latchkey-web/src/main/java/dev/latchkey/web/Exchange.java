package dev.latchkey.web;

import dev.latchkey.core.json.Json;
import dev.latchkey.core.json.JsonException;
import dev.latchkey.core.json.JsonObject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One request and its response. Responses are not cached unless the caller says otherwise. */
record Exchange(HttpServletRequest request, HttpServletResponse response, String path) {
    Optional<String> header(String name) {
        return Optional.ofNullable(request.getHeader(name));
    }

    /** The query as it was sent; empty if there is none. Containers fail to parse some queries that browsers send. */
    String query() {
        String query = request.getQueryString();
        return query == null ? "" : query;
    }

    /** The body, a JSON object of at most 64 KiB. */
    JsonObject body() throws IOException {
        try {
            return Json.parseObject(new String(bytes("application/json"), StandardCharsets.UTF_8));
        } catch (JsonException e) {
            throw new Refusal(400, "invalid_request", "the body cannot be read: " + e.getMessage());
        }
    }

    /** The body, an encoded form of at most 64 KiB. */
    String form() throws IOException {
        byte[] bytes = bytes("application/x-www-form-urlencoded");
        return bytes.length == 0 ? alreadyRead() : new String(bytes, StandardCharsets.ISO_8859_1);
    }

    /** A filter that asked for a parameter had the container read the body. */
    private String alreadyRead() {
        StringBuilder form = new StringBuilder();
        parameters().forEach((name, values) -> {
            for (String value : values) {
                form.append(form.isEmpty() ? "" : "&")
                        .append(URLEncoder.encode(name, StandardCharsets.UTF_8))
                        .append('=')
                        .append(URLEncoder.encode(value, StandardCharsets.UTF_8));
            }
        });
        if (form.length() > BodyReader.MOST_BYTES) {
            throw BodyReader.tooLarge();
        }
        return form.toString();
    }

    /** None if the container cannot read them. */
    private Map<String, String[]> parameters() {
        try {
            return request.getParameterMap();
        } catch (RuntimeException e) {
            return Map.of();
        }
    }

    private byte[] bytes(String type) throws IOException {
        String sent = header("Content-Type").orElse("");
        if (!sent.split(";", 2)[0].trim().equalsIgnoreCase(type)) {
            throw new Refusal(415, "unsupported_media_type", "the body must be " + type);
        }
        byte[] read = BodyReader.bodyOf(request);
        byte[] bytes = read == null ? request.getInputStream().readNBytes(BodyReader.MOST_BYTES + 1) : read;
        if (bytes.length > BodyReader.MOST_BYTES) {
            throw BodyReader.tooLarge();
        }
        return bytes;
    }

    void answer(int status, Map<String, ? extends @Nullable Object> json) throws IOException {
        answer(status, Json.write(json));
    }

    void answer(int status, String json) throws IOException {
        answer(status, "application/json", json);
    }

    void answer(int status, String type, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        response.setStatus(status);
        response.setContentType(type + ";charset=utf-8");
        response.setHeader("X-Content-Type-Options", "nosniff");
        if (!response.containsHeader("Cache-Control")) {
            response.setHeader("Cache-Control", "no-store");
        }
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
    }

    void answerNothing() {
        response.setStatus(204);
        response.setHeader("Cache-Control", "no-store");
    }
}
