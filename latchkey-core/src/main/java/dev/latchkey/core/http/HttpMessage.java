package dev.latchkey.core.http;

import dev.latchkey.core.PrintableText;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request to send: a GET, or a POST of a form.
 *
 * @param method GET or POST
 * @param uri where to, absolute
 * @param headers header names and values; {@code Content-Type} of a form is implied
 * @param form the form of a POST, null for GET
 */
public record HttpMessage(
        HttpMethod method,
        URI uri,
        Map<String, String> headers,
        @Nullable Parameters form) {
    /** Copies the headers. */
    public HttpMessage {
        headers = Map.copyOf(headers);
    }

    /** A GET that accepts JSON. */
    public static HttpMessage get(URI uri) {
        return new HttpMessage(HttpMethod.GET, uri, Map.of("Accept", "application/json"), null);
    }

    /** A form POST that accepts JSON. */
    public static HttpMessage post(URI uri, Parameters form) {
        return new HttpMessage(HttpMethod.POST, uri, Map.of("Accept", "application/json"), form);
    }

    /** The same message with one more header. */
    public HttpMessage withHeader(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new HttpMessage(method, uri, more, form);
    }

    /** Method and place without query: headers and form may hold secrets. */
    @Override
    public String toString() {
        return PrintableText.of(method + " " + uri.getScheme() + "://" + uri.getAuthority() + uri.getRawPath());
    }
}
