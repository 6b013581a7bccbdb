package dev.latchkey.core.json;

import java.io.StringWriter;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads and writes JSON. Reading is bounded: {@value #MAX_LENGTH} characters unless the caller gives another bound,
 * {@value #MAX_DEPTH} levels, {@value #MAX_NUMBER_LENGTH} digits, and a name may stand only once in an object.
 */
public final class Json {
    /** Longest text read by {@link #parseObject(String)}, in characters. */
    public static final int MAX_LENGTH = 1_048_576;

    /** Deepest nesting. */
    public static final int MAX_DEPTH = 64;

    /** Longest number, in characters. */
    public static final int MAX_NUMBER_LENGTH = 100;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(MAX_DEPTH)
                    .maxNumberLength(MAX_NUMBER_LENGTH)
                    .maxStringLength(MAX_LENGTH)
                    .build())
            .build();

    private Json() {}

    /**
     * Reads one object of at most {@value #MAX_LENGTH} characters.
     *
     * @throws JsonException if the text is too long, not JSON, too deep, or something else than one object
     */
    public static JsonObject parseObject(String text) throws JsonException {
        return parseObject(text, MAX_LENGTH);
    }

    /** As {@link #parseObject(String)} with another bound on the length, in characters. */
    public static JsonObject parseObject(String text, int maxLength) throws JsonException {
        return parse(text, maxLength, parser -> JsonObject.ofRead(readObject(parser)));
    }

    /**
     * As {@link #parseObject(String)} from UTF-8. A byte that is none is an error (RFC 8259 section 8.1): read as the
     * replacement character, different texts would become one.
     */
    public static JsonObject parseObject(byte[] utf8) throws JsonException {
        try {
            return parseObject(StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString());
        } catch (CharacterCodingException e) {
            throw new JsonException("not UTF-8");
        }
    }

    /**
     * Reads one object whose members are objects of objects, handing over each entry as it comes.
     *
     * @throws JsonException as {@link #parseObject(String, int)}, after some entries were handed over, or from the taker
     */
    public static void parseEntries(String text, int maxLength, JsonEntries taker) throws JsonException {
        var unused = parse(text, maxLength, parser -> {
            readSections(parser, taker);
            return true;
        });
    }

    /** What is done within the braces of the outermost object. */
    private interface Body<T> {
        T read(JsonParser parser) throws JsonException;
    }

    private static <T> T parse(String text, int maxLength, Body<T> body) throws JsonException {
        if (text.length() > maxLength) {
            throw new JsonException("longer than " + maxLength + " characters");
        }
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), text)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                throw new JsonException("not a JSON object");
            }
            T result = body.read(parser);
            if (parser.nextToken() != null) {
                throw new JsonException("more after the JSON object");
            }
            return result;
        } catch (JacksonException e) {
            // Jackson's message may quote the text, which may be a secret: only the place is told.
            throw new JsonException("not JSON, or nested or sized beyond the limits" + place(e.getLocation()));
        } catch (NumberFormatException e) {
            throw new JsonException("a number's exponent is beyond the limits");
        }
    }

    /** A broken limit has no place. */
    private static String place(@Nullable TokenStreamLocation location) {
        return location == null ? "" : ", near line " + location.getLineNr() + " column " + location.getColumnNr();
    }

    /** Writes members as one object: values are String, Boolean, Number, Map, List, {@link JsonObject} or null. */
    public static String write(Map<String, ?> members) {
        return text(members);
    }

    /** Writes items as one array, of the same values as {@link #write(Map)}. */
    public static String write(List<?> items) {
        return text(items);
    }

    /** Writes an object. */
    public static String write(JsonObject object) {
        return write(object.asMap());
    }

    private static void readSections(JsonParser parser, JsonEntries taker) throws JsonException {
        Set<String> names = new HashSet<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String section = parser.currentName();
            requireNew(names.add(section), parser);
            if (parser.nextToken() == JsonToken.START_OBJECT) {
                readEntries(parser, section, taker);
            } else if (readValue(parser) != null) {
                taker.notAnObject(section);
            }
        }
    }

    private static void readEntries(JsonParser parser, String section, JsonEntries taker) throws JsonException {
        Set<String> names = new HashSet<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            requireNew(names.add(name), parser);
            boolean isObject = parser.nextToken() == JsonToken.START_OBJECT;
            Object value = isObject ? JsonObject.ofRead(readObject(parser)) : readValue(parser);
            taker.entry(section, name, value instanceof JsonObject object ? object : null);
        }
    }

    /** Two readers that keep another one of two equal names would be told different things: neither is kept. */
    private static Map<String, @Nullable Object> readObject(JsonParser parser) throws JsonException {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        for (int read = 1; parser.nextToken() != JsonToken.END_OBJECT; read++) {
            String name = parser.currentName();
            parser.nextToken();
            members.put(name, readValue(parser));
            requireNew(members.size() == read, parser);
        }
        return Collections.unmodifiableMap(members);
    }

    private static void requireNew(boolean isNew, JsonParser parser) throws JsonException {
        if (!isNew) {
            throw new JsonException("a name stands twice in one object" + place(parser.currentLocation()));
        }
    }

    private static List<@Nullable Object> readArray(JsonParser parser) throws JsonException {
        List<@Nullable Object> items = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            items.add(readValue(parser));
        }
        return Collections.unmodifiableList(items);
    }

    private static @Nullable Object readValue(JsonParser parser) throws JsonException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> readObject(parser);
            case START_ARRAY -> readArray(parser);
            case VALUE_STRING -> parser.getString();
            case VALUE_TRUE -> Boolean.TRUE;
            case VALUE_FALSE -> Boolean.FALSE;
            case VALUE_NUMBER_INT -> wholeNumber(parser.getString());
            case VALUE_NUMBER_FLOAT -> new BigDecimal(parser.getString());
            default -> null;
        };
    }

    private static Number wholeNumber(String digits) {
        return digits.length() <= 18 ? (Number) Long.valueOf(digits) : new BigDecimal(digits);
    }

    private static String text(Object value) {
        StringWriter out = new StringWriter();
        try (JsonGenerator generator = FACTORY.createGenerator(ObjectWriteContext.empty(), out)) {
            writeValue(generator, value);
        }
        return out.toString();
    }

    private static void writeObject(JsonGenerator generator, Map<String, ?> members) {
        generator.writeStartObject();
        members.forEach((name, value) -> {
            generator.writeName(name);
            writeValue(generator, value);
        });
        generator.writeEndObject();
    }

    private static void writeArray(JsonGenerator generator, Iterable<?> items) {
        generator.writeStartArray();
        items.forEach(item -> writeValue(generator, item));
        generator.writeEndArray();
    }

    @SuppressWarnings("unchecked") // JSON names are strings: a map with other keys is the caller's mistake
    private static void writeValue(JsonGenerator generator, @Nullable Object value) {
        if (value == null) {
            generator.writeNull();
        } else if (value instanceof String text) {
            generator.writeString(text);
        } else if (value instanceof Boolean truth) {
            generator.writeBoolean(truth);
        } else if (value instanceof BigDecimal number) {
            generator.writeNumber(number);
        } else if (value instanceof Number number) {
            generator.writeNumber(number.longValue());
        } else if (value instanceof JsonObject object) {
            writeObject(generator, object.asMap());
        } else if (value instanceof Map<?, ?> map) {
            writeObject(generator, (Map<String, ?>) map);
        } else if (value instanceof Iterable<?> items) {
            writeArray(generator, items);
        } else {
            throw new IllegalArgumentException("no JSON form for " + value.getClass());
        }
    }
}
