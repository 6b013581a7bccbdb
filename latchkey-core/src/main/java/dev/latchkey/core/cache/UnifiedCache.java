package dev.latchkey.core.cache;

import dev.latchkey.core.account.PartitionKey;
import dev.latchkey.core.json.Json;
import dev.latchkey.core.json.JsonException;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * The unified token-cache schema: the JSON in which several libraries of the field keep their cache, so that a file can
 * be handed from one to another and back. Pure; safe for threads.
 *
 * <p>Reading is forgiving where the schema's writers differ (numbers as text, missing members, older key layouts) and
 * strict where trust depends on it: names of entries are ignored and only their members count, entries that lack a
 * needed member are left out, and tokens acquired on behalf of a caller go to partitions of their own. The members
 * {@code latchkey_*} and the section {@code Latchkey} are ours; others skip them.
 */
public final class UnifiedCache {
    /** Longest text that is read, in characters. */
    public static final int MAX_LENGTH = 1 << 30;

    private UnifiedCache() {}

    /** Everything, as one JSON object. */
    public static String write(Map<PartitionKey, Partition> partitions) {
        return Json.write(new UnifiedWriter().addAll(partitions).sections());
    }

    /**
     * Reads a cache whose environments are taken as they are.
     *
     * @throws JsonException if the text is not one JSON object or a section is no object
     */
    public static Map<PartitionKey, Partition> read(String json) throws JsonException {
        return read(json, UnaryOperator.identity());
    }

    /**
     * Reads a cache.
     *
     * @param environment brings each environment into the form used for keys: aliases of one cloud become one host
     * @throws JsonException if the text is not one JSON object or a section is no object
     */
    public static Map<PartitionKey, Partition> read(String json, UnaryOperator<String> environment)
            throws JsonException {
        UnifiedReader reader = UnifiedReader.ofCache(environment);
        Json.parseEntries(json, MAX_LENGTH, reader);
        return reader.partitions();
    }
}
