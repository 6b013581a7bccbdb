package dev.latchkey.core.json;

import dev.latchkey.core.PrintableText;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An immutable JSON object. Members keep their order; a member of another type than asked for reads as absent, so that a
 * hostile or careless peer cannot cause a cast to fail.
 */
public final class JsonObject {
    /** The object without members. */
    public static final JsonObject EMPTY = new JsonObject(Map.of());

    private static final int MOST_DIGITS = 18;

    private final Map<String, @Nullable Object> members;

    private JsonObject(Map<String, @Nullable Object> members) {
        this.members = members;
    }

    /** Wraps members whose values are String, Boolean, Long, BigDecimal, List, Map or null; the map is copied. */
    public static JsonObject of(Map<String, ?> members) {
        return new JsonObject(Collections.unmodifiableMap(new LinkedHashMap<String, @Nullable Object>(members)));
    }

    /** What was just read and nobody else holds: nothing is copied. */
    static JsonObject ofRead(Map<String, @Nullable Object> members) {
        return new JsonObject(members);
    }

    /** The names of all members, in order. */
    public Set<String> names() {
        return members.keySet();
    }

    /** Whether the member is there, even as {@code null}. */
    public boolean has(String name) {
        return members.containsKey(name);
    }

    /** All members as an unmodifiable map; nested objects are maps, arrays are lists. */
    public Map<String, @Nullable Object> asMap() {
        return members;
    }

    /** The member as text, or null if it is absent or no string. */
    public @Nullable String string(String name) {
        return members.get(name) instanceof String text ? text : null;
    }

    /** The member as text, or {@code otherwise} if it is absent or no string. */
    public String string(String name, String otherwise) {
        return members.get(name) instanceof String text ? text : otherwise;
    }

    /** The member as a whole number of at most 18 digits, also from a numeric string, or null. Fractions are cut off. */
    public @Nullable Long number(String name) {
        Object value = members.get(name);
        if (value instanceof BigDecimal decimal) {
            return whole(decimal);
        }
        if (value instanceof Number number) {
            return number.longValue();
        }
        return value instanceof String text && isWhole(text) ? Long.valueOf(text) : null;
    }

    /**
     * As {@link #number}, but only from a JSON number: for claims such as the NumericDate of RFC 7519 section 2, where a
     * number in quotes is a mistake and not a number.
     */
    public @Nullable Long jsonNumber(String name) {
        return members.get(name) instanceof Number ? number(name) : null;
    }

    /** A sign and at most 18 digits: asked for every time in a cache file, so without a pattern. */
    private static boolean isWhole(String text) {
        int start = text.startsWith("-") ? 1 : 0;
        int digits = text.length() - start;
        for (int i = start; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return digits >= 1 && digits <= MOST_DIGITS;
    }

    /** What does not fit is no number rather than another number. */
    private static @Nullable Long whole(BigDecimal decimal) {
        long digitsBeforePoint = (long) decimal.precision() - decimal.scale();
        if (digitsBeforePoint > 18 && decimal.signum() != 0) {
            return null;
        }
        return digitsBeforePoint <= 0 || decimal.signum() == 0 ? 0L : (Long) decimal.longValue();
    }

    /** The member as a truth value, or false. */
    public boolean isTrue(String name) {
        return Boolean.TRUE.equals(members.get(name));
    }

    /** The member as an object, or null. */
    @SuppressWarnings("unchecked") // the parser and of() admit only String keys
    public @Nullable JsonObject object(String name) {
        return members.get(name) instanceof Map<?, ?> map ? new JsonObject((Map<String, @Nullable Object>) map) : null;
    }

    /** The strings of an array member; empty if it is absent or no array. */
    public List<String> strings(String name) {
        return members.get(name) instanceof List<?> list
                ? list.stream()
                        .filter(String.class::isInstance)
                        .map(String.class::cast)
                        .toList()
                : List.of();
    }

    /** The objects of an array member; empty if it is absent or no array. */
    @SuppressWarnings("unchecked") // the parser and of() admit only String keys
    public List<JsonObject> objects(String name) {
        return members.get(name) instanceof List<?> list
                ? list.stream()
                        .filter(Map.class::isInstance)
                        .map(map -> new JsonObject((Map<String, @Nullable Object>) map))
                        .toList()
                : List.of();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof JsonObject that && members.equals(that.members);
    }

    @Override
    public int hashCode() {
        return members.hashCode();
    }

    /** Names only: values may be secrets. */
    @Override
    public String toString() {
        return PrintableText.of("JsonObject" + members.keySet());
    }
}
