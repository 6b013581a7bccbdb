package dev.latchkey.core.cache;

import dev.latchkey.core.Scopes;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * One copy of what repeats in thousands of partitions: clients, tenants, scopes, resources; never a secret. It saves
 * memory, and more: a look-up that compares with parts all partitions share finds them in the processor's cache.
 *
 * <p>Safe for threads. Holds {@value #MOST} parts and takes no more; what comes later stays as it is.
 */
public final class SharedParts {
    /** How many parts are kept. */
    public static final int MOST = 4096;

    private final ConcurrentHashMap<String, String> texts = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<String, Scopes> scopes = new ConcurrentHashMap<>();
    private final ConcurrentHashMap<AppMetadata, AppMetadata> appMetadata = new ConcurrentHashMap<>();

    /** Knows no part yet. */
    public SharedParts() {}

    @Nullable
    String optional(@Nullable String text) {
        return text == null ? null : text(text);
    }

    String text(String text) {
        return one(texts, text, text);
    }

    /** By their text, for scopes that differ in case are equal but not the same on the wire. */
    Scopes scopes(Scopes value) {
        return one(scopes, value.toString(), value);
    }

    AppMetadata appMetadata(AppMetadata value) {
        return one(appMetadata, value, value);
    }

    private static <K, V> V one(ConcurrentHashMap<K, V> known, K key, V value) {
        V present = known.get(key);
        if (present == null && known.mappingCount() < MOST) {
            present = known.putIfAbsent(key, value);
        }
        return present == null ? value : present;
    }
}
