package dev.latchkey.core.http;

import dev.latchkey.core.PrintableText;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * Names and values of a query or an {@code application/x-www-form-urlencoded} body, in order, each name once (RFC 6749
 * section 3.1). Immutable; values are raw, encoding happens in one place only.
 */
public final class Parameters {
    /** No parameters. */
    public static final Parameters NONE = new Parameters(Map.of());

    private static final int LONGEST_SHOWN = 100;

    private final Map<String, String> values;

    private Parameters(Map<String, String> values) {
        this.values = values;
    }

    /** Starts an empty set. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Reads an encoded query or form body.
     *
     * @throws IllegalArgumentException if a name stands twice, or the encoding is broken
     */
    public static Parameters decode(String encoded) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String pair : encoded.split("&")) {
            if (pair.isEmpty()) {
                continue;
            }
            int equals = pair.indexOf('=');
            String name = decodeOne(equals < 0 ? pair : pair.substring(0, equals));
            String value = equals < 0 ? "" : decodeOne(pair.substring(equals + 1));
            if (values.put(name, value) != null) {
                throw new IllegalArgumentException("parameter stands twice: " + PrintableText.of(name, LONGEST_SHOWN));
            }
        }
        return new Parameters(Collections.unmodifiableMap(values));
    }

    /** The value, or null. */
    public @Nullable String get(String name) {
        return values.get(name);
    }

    /** All names and values in order, unmodifiable. */
    public Map<String, String> asMap() {
        return values;
    }

    /** The encoded form, without a leading question mark. */
    public String encode() {
        StringJoiner joiner = new StringJoiner("&");
        values.forEach((name, value) -> joiner.add(encodeOne(name) + "=" + encodeOne(value)));
        return joiner.toString();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Parameters that && values.equals(that.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    /** Names only: values may be secrets. */
    @Override
    public String toString() {
        return PrintableText.of("Parameters" + values.keySet());
    }

    private static String encodeOne(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String decodeOne(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    /** Collects parameters. Not thread-safe. */
    public static final class Builder {
        private final Map<String, String> values = new LinkedHashMap<>();

        private Builder() {}

        /** Sets a value; null and empty leave the parameter out. */
        public Builder set(String name, @Nullable String value) {
            if (value != null && !value.isEmpty()) {
                values.put(name, value);
            }
            return this;
        }

        /** Adds the caller's own parameters; what is already set wins, so that none can undo a protection. */
        public Builder extras(Map<String, String> extras) {
            extras.forEach((name, value) -> {
                if (!values.containsKey(name)) {
                    set(name, value);
                }
            });
            return this;
        }

        /** The parameters collected so far. */
        public Parameters build() {
            return new Parameters(Collections.unmodifiableMap(new LinkedHashMap<>(values)));
        }
    }
}
