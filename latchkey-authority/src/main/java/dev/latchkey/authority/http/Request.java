package dev.latchkey.authority.http;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A request as the endpoints see it.
 *
 * @param headers names in lower case
 * @param form empty unless the body is {@code application/x-www-form-urlencoded}
 * @param body as text; empty for a form
 */
public record Request(String method, String path, Map<String, String> headers, Params query, Params form, String body) {
    /** Set by the server; no name of a header on the wire begins with a colon. */
    static final String FROM_THIS_MACHINE = ":from-this-machine";

    public Request {
        headers = Map.copyOf(headers);
    }

    /** A header's value. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }

    /** A cookie's value. */
    public Optional<String> cookie(String name) {
        for (String pair : header("cookie").orElse("").split(";", -1)) {
            String[] parts = pair.strip().split("=", 2);
            if (parts.length == 2 && parts[0].equals(name)) {
                return Optional.of(parts[1]);
            }
        }
        return Optional.empty();
    }

    /** Whether the asking side is on this machine. */
    public boolean isFromThisMachine() {
        return "true".equals(headers.get(FROM_THIS_MACHINE));
    }

    /** The form of a post, the query of anything else. */
    public Params parameters() {
        return isPost() ? form : query;
    }

    /** Whether the method is POST. */
    public boolean isPost() {
        return method.equals("POST");
    }
}
