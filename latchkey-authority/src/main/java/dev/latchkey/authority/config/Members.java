package dev.latchkey.authority.config;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** What an object of the file may have, and what each member changes about the thing it describes. */
final class Members<T> {
    private final Map<String, Change<T>> changes = new LinkedHashMap<>();
    private final Set<String> known;

    /** @param read members that are read before there is anything to change */
    Members(String... read) {
        this.known = new LinkedHashSet<>(List.of(read));
    }

    Members<T> text(String member, BiFunction<T, String, T> change) {
        return with(member, (thing, json) -> change.apply(thing, json.text(member)));
    }

    /** A list, each text of which changes something. */
    Members<T> texts(String member, BiFunction<T, String, T> change) {
        return with(member, (thing, json) -> {
            T changed = thing;
            for (String text : json.texts(member)) {
                changed = change.apply(changed, text);
            }
            return changed;
        });
    }

    Members<T> duration(String member, BiFunction<T, Duration, T> change) {
        return with(member, (thing, json) -> change.apply(thing, json.duration(member)));
    }

    /** Something that is off unless it is true. */
    Members<T> flag(String member, UnaryOperator<T> change) {
        return with(member, (thing, json) -> json.flag(member) ? change.apply(thing) : thing);
    }

    Members<T> with(String member, Change<T> change) {
        known.add(member);
        changes.put(member, change);
        return this;
    }

    /** Applies every member there is; one that is not known is a mistake, told before any other. */
    T read(ConfigObject json, Supplier<T> plain) {
        json.onlyHas(known);
        T thing = plain.get();
        for (Map.Entry<String, Change<T>> change : changes.entrySet()) {
            thing = json.has(change.getKey()) ? changed(thing, change, json) : thing;
        }
        return thing;
    }

    private T changed(T thing, Map.Entry<String, Change<T>> change, ConfigObject json) {
        String member = change.getKey();
        try {
            return change.getValue().apply(thing, json);
        } catch (IllegalArgumentException e) {
            boolean named = String.valueOf(e.getMessage()).contains(member);
            throw named ? e : new IllegalArgumentException(member + " of " + json.what() + ": " + e.getMessage(), e);
        }
    }

    /** What a member does. */
    interface Change<T> {
        T apply(T thing, ConfigObject json);
    }
}
