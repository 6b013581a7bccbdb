package dev.latchkey.internal.loopback;

import dev.latchkey.core.PrintableText;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One request as read from the wire: only what the rules look at. Query and body hold codes, so it prints neither. */
record LoopbackRequest(String method, String path, @Nullable String query, Map<String, String> headers, String body) {

    /** The value of a header, by its lower-case name, or the empty string. */
    String header(String name) {
        return headers.getOrDefault(name, "");
    }

    boolean is(String wanted) {
        return method.equals(wanted);
    }

    @Override
    public String toString() {
        return PrintableText.of(method + " " + path);
    }
}
