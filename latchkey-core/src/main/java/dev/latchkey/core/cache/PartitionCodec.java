package dev.latchkey.core.cache;

import dev.latchkey.core.account.PartitionKey;
import dev.latchkey.core.error.CacheException;
import dev.latchkey.core.error.ErrorCodes;
import dev.latchkey.core.json.Json;
import dev.latchkey.core.json.JsonException;
import dev.latchkey.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One partition as text, as stores keep it: the sections of the unified schema, and a header with the version of the
 * format and the key, so that a text that lies in the wrong place is not taken for another person's. Pure.
 */
public final class PartitionCodec {
    /** The version of the format that is written. A reader reads this one and all before it. */
    public static final int FORMAT = 1;

    /** Longest text that is read, in characters. */
    public static final int MAX_LENGTH = 16 * 1024 * 1024;

    private static final String HEADER = "LatchkeyPartition";
    private static final String VERSION = "format";
    private static final String KEY = "key";

    private PartitionCodec() {}

    /** The text of a partition. It holds tokens in the clear: encrypting it is the store's part. */
    public static String encode(PartitionKey key, Partition partition) {
        Map<String, Object> sections = new LinkedHashMap<>();
        sections.put(HEADER, Map.of(VERSION, FORMAT, KEY, key.value()));
        sections.putAll(new UnifiedWriter().add(key, partition).sections());
        return Json.write(sections);
    }

    /**
     * The partition of a text.
     *
     * @throws CacheException {@code cache_corrupt} if it is not what {@link #encode} wrote for this key,
     *     {@code cache_newer_format} if a newer version of the library wrote it
     */
    public static Partition decode(PartitionKey key, String text) {
        try {
            JsonObject json = Json.parseObject(text, MAX_LENGTH);
            requireHeader(key, json);
            UnifiedReader reader = UnifiedReader.ofPartition().read(json);
            Map<PartitionKey, Partition> read = reader.partitions();
            if (reader.skipped() > 0) {
                throw corrupt(reader.skipped() + " of its entries cannot be understood");
            }
            if (read.size() > (read.containsKey(key) ? 1 : 0)) {
                throw corrupt("it holds entries of another principal");
            }
            return read.getOrDefault(key, Partition.EMPTY);
        } catch (JsonException e) {
            throw corrupt(String.valueOf(e.getMessage()));
        }
    }

    private static void requireHeader(PartitionKey key, JsonObject json) {
        JsonObject header = json.object(HEADER);
        Long version = header == null ? null : header.number(VERSION);
        if (header == null || version == null) {
            throw corrupt("it has no header");
        }
        if (version > FORMAT) {
            throw new CacheException(
                    ErrorCodes.CACHE_NEWER_FORMAT,
                    "the stored partition has format " + version + ", this version of the library reads up to " + FORMAT
                            + ": update the library, or give it a store of its own");
        }
        if (!key.value().equals(header.string(KEY))) {
            throw corrupt("it was stored under another key");
        }
    }

    private static CacheException corrupt(String why) {
        return new CacheException(ErrorCodes.CACHE_CORRUPT, "a stored partition cannot be believed: " + why);
    }
}
