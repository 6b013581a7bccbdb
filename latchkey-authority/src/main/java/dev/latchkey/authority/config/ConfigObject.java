package dev.latchkey.authority.config;

import dev.latchkey.core.json.JsonObject;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An object of the file, read strictly: a member of another type counts as a mistake and not as absent. Mistakes are
 * told by {@link IllegalArgumentException}, which names the member.
 *
 * @param what it describes, for messages: {@code a client}
 * @param folder where file names in it begin
 */
record ConfigObject(String what, Path folder, JsonObject json) {
    void onlyHas(Set<String> known) {
        for (String name : json.names()) {
            if (!known.contains(name)) {
                throw new IllegalArgumentException(what + " has no member " + name + "; it may have " + known);
            }
        }
    }

    boolean has(String name) {
        return value(name) != null;
    }

    @Nullable
    Object value(String name) {
        return json.asMap().get(name);
    }

    /** A text that must be there. */
    String text(String name) {
        if (!has(name)) {
            throw new IllegalArgumentException("the text member " + name + " is missing in " + json.names());
        }
        return cast(String.class, name, value(name), "a text");
    }

    String text(String name, String otherwise) {
        return has(name) ? text(name) : otherwise;
    }

    List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        list(name).forEach(value -> texts.add(cast(String.class, name, value, "a list of texts")));
        return texts;
    }

    boolean flag(String name) {
        return has(name) && cast(Boolean.class, name, value(name), "true or false");
    }

    /** ISO 8601 as in {@code PT5M}, or a number of seconds. */
    Duration duration(String name) {
        String kind = "a duration such as \"PT5M\", or a number of seconds,";
        if (value(name) instanceof Number seconds) {
            return Duration.ofMillis(
                    new BigDecimal(seconds.toString()).movePointRight(3).longValue());
        }
        try {
            return Duration.parse(cast(String.class, name, value(name), kind));
        } catch (DateTimeParseException e) {
            throw wrong(name, kind);
        }
    }

    Optional<ConfigObject> object(String name, String what) {
        JsonObject found = json.object(name);
        if (found == null && has(name)) {
            throw wrong(name, "an object");
        }
        return Optional.ofNullable(found).map(object -> new ConfigObject(what, folder, object));
    }

    List<ConfigObject> objects(String name, String what) {
        if (!list(name).stream().allMatch(Map.class::isInstance)) {
            throw wrong(name, "a list of objects");
        }
        return json.objects(name).stream()
                .map(object -> new ConfigObject(what, folder, object))
                .toList();
    }

    List<?> list(String name) {
        return has(name) ? cast(List.class, name, value(name), "a list") : List.of();
    }

    private <T> T cast(Class<T> type, String name, @Nullable Object value, String kind) {
        if (!type.isInstance(value)) {
            throw wrong(name, kind);
        }
        return type.cast(value);
    }

    private IllegalArgumentException wrong(String name, String kind) {
        return new IllegalArgumentException(
                "the member " + name + " of " + what + " is " + kind + " not " + value(name));
    }
}
