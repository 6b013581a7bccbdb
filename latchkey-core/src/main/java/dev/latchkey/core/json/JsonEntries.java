package dev.latchkey.core.json;

import org.jspecify.annotations.Nullable;

/** Takes an object of objects entry by entry, so that the whole of a long text is never held as a tree. */
public interface JsonEntries {
    /**
     * An entry of a section.
     *
     * @param value the entry, or null if it is no object
     */
    void entry(String section, String name, @Nullable JsonObject value) throws JsonException;

    /** A member of the whole that is no object and not null. */
    void notAnObject(String section) throws JsonException;
}
