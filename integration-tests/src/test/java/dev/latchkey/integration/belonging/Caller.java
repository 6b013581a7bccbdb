package dev.latchkey.integration.belonging;

import dev.latchkey.core.http.HttpMessage;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The client that a message claims to come from (RFC 6749 section 2.3.1).
 *
 * @param clientId the client id
 * @param secret the secret it authenticates with; empty for none
 */
record Caller(String clientId, String secret) {
    static Caller of(HttpMessage message) {
        String header = message.headers().getOrDefault("Authorization", "");
        if (header.startsWith("Basic ")) {
            String[] pair = pair(header.substring(6));
            return new Caller(pair[0], pair[1]);
        }
        return new Caller(form(message, "client_id"), form(message, "client_secret"));
    }

    private static String[] pair(String base64) {
        String text = new String(Base64.getDecoder().decode(base64), StandardCharsets.UTF_8);
        int colon = text.indexOf(':');
        return new String[] {decode(text.substring(0, colon)), decode(text.substring(colon + 1))};
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static String form(HttpMessage message, String name) {
        @Nullable String value = message.form() == null ? null : message.form().get(name);
        return Objects.requireNonNullElse(value, "");
    }
}
