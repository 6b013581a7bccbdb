package dev.latchkey.internal.loopback;

import dev.latchkey.core.PrintableText;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One request, reduced to what the rules need. Query and body contain codes, so {@code toString} prints neither. */
record LoopbackRequest(String method, String path, @Nullable String query, Map<String, String> headers, String body) {

    /** The value of a header by its lower-case name, or the empty string. */
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
