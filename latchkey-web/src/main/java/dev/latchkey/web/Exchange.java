package dev.latchkey.web;

import dev.latchkey.core.http.Parameters;
import dev.latchkey.core.json.Json;
import dev.latchkey.core.json.JsonException;
import dev.latchkey.core.json.JsonObject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One request and its response. Responses are not cached unless the caller says otherwise. */
record Exchange(HttpServletRequest request, HttpServletResponse response, String path) {
    Optional<String> header(String name) {
        return Optional.ofNullable(request.getHeader(name));
    }

    /** The query; empty if it cannot be read. Containers fail on some queries that browsers send. */
    Parameters query() {
        String query = request.getQueryString();
        try {
            return query == null ? Parameters.NONE : Parameters.decode(query);
        } catch (IllegalArgumentException e) {
            return Parameters.NONE;
        }
    }

    /** The body, a JSON object of at most 64 KiB. */
    JsonObject body() throws IOException {
        String type = header("Content-Type").orElse("");
        if (!type.split(";", 2)[0].trim().equalsIgnoreCase("application/json")) {
            throw new Refusal(415, "unsupported_media_type", "the body must be application/json");
        }
        byte[] read = BodyReader.bodyOf(request);
        byte[] bytes = read == null ? request.getInputStream().readNBytes(BodyReader.MOST_BYTES + 1) : read;
        if (bytes.length > BodyReader.MOST_BYTES) {
            throw BodyReader.tooLarge();
        }
        try {
            return Json.parseObject(new String(bytes, StandardCharsets.UTF_8));
        } catch (JsonException e) {
            throw new Refusal(400, "invalid_request", "the body cannot be read: " + e.getMessage());
        }
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
