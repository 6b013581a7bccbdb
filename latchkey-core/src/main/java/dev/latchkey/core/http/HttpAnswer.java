package dev.latchkey.core.http;

import dev.latchkey.core.LowerCase;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** An answer that came back: status, headers (any case), body. The body never reaches {@link #toString()}. Immutable. */
public final class HttpAnswer {
    private final int status;
    private final Map<String, List<String>> headers;
    private final String body;

    /** Copies the headers; their names are compared ignoring case (RFC 9110 section 5.1). */
    public HttpAnswer(int status, Map<String, List<String>> headers, String body) {
        this.status = status;
        Map<String, List<String>> folded = new TreeMap<>();
        headers.forEach((name, values) -> folded.put(LowerCase.of(name), List.copyOf(values)));
        this.headers = folded;
        this.body = body;
    }

    /** The status code. */
    public int status() {
        return status;
    }

    /** Whether the status is 2xx. */
    public boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    /** The first value of a header, or null. */
    public @Nullable String header(String name) {
        List<String> values = headers.get(LowerCase.of(name));
        return values == null || values.isEmpty() ? null : values.get(0);
    }

    /** The body as text. */
    public String body() {
        return body;
    }

    @Override
    public String toString() {
        return "HttpAnswer[" + status + ", " + body.length() + " characters]";
    }
}
