package dev.latchkey.authority.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Parameters of a query or a form. A parameter without a value counts as absent (RFC 6749 section 3.1). */
public final class Params {
    /** No parameters. */
    public static final Params NONE = new Params(Map.of());

    private final Map<String, List<String>> values;

    private Params(Map<String, List<String>> values) {
        this.values = values;
    }

    /** Reads {@code application/x-www-form-urlencoded} text; a broken escape is taken literally. */
    public static Params parse(String text) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        for (String pair : text.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = decode(equals < 0 ? pair : pair.substring(0, equals));
            String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
            if (!value.isEmpty()) {
                values.computeIfAbsent(name, key -> new ArrayList<>()).add(value);
            }
        }
        return new Params(values);
    }

    /** Writes parameters as a query or form body. */
    public static String encode(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(entry ->
                        URLEncoder.encode(entry.getKey(), UTF_8) + "=" + URLEncoder.encode(entry.getValue(), UTF_8))
                .collect(Collectors.joining("&"));
    }

    /** The same with one parameter more, or with another value for it. */
    public Params with(String name, String value) {
        Map<String, List<String>> more = new LinkedHashMap<>(values);
        more.put(name, List.of(value));
        return new Params(more);
    }

    /** The first value. */
    public Optional<String> get(String name) {
        return Optional.ofNullable(values.get(name)).map(list -> list.get(0));
    }

    /** All values, for the parameters that may be repeated. */
    public List<String> all(String name) {
        return Collections.unmodifiableList(values.getOrDefault(name, List.of()));
    }

    /** Names that occur. */
    public Set<String> names() {
        return Collections.unmodifiableSet(values.keySet());
    }

    /** Decodes one form-encoded value. */
    public static String decode(String text) {
        if (text.indexOf('%') < 0 && text.indexOf('+') < 0) {
            return text;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            int escaped = c == '%' ? escapedByte(text, i) : -1;
            if (escaped >= 0) {
                bytes.write(escaped);
                i += 2;
            } else {
                bytes.writeBytes(String.valueOf(c == '+' ? ' ' : c).getBytes(UTF_8));
            }
        }
        return bytes.toString(UTF_8);
    }

    private static int escapedByte(String text, int at) {
        if (at + 2 >= text.length()) {
            return -1;
        }
        int high = Character.digit(text.charAt(at + 1), 16);
        int low = Character.digit(text.charAt(at + 2), 16);
        return high < 0 || low < 0 ? -1 : high << 4 | low;
    }
}
