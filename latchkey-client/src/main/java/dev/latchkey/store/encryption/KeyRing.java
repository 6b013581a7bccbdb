package dev.latchkey.store.encryption;

import dev.latchkey.core.error.CacheException;
import dev.latchkey.core.error.ErrorCodes;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The keys as far as the source has given them. */
final class KeyRing {
    private final KeySource source;
    private volatile List<EncryptionKey> keys = List.of();

    KeyRing(KeySource source) {
        this.source = source;
    }

    /** The key to write with. */
    EncryptionKey newest() {
        List<EncryptionKey> present = keys;
        return (present.isEmpty() ? load() : present).get(0);
    }

    /** The key that a record names. */
    EncryptionKey find(long id) {
        EncryptionKey key = find(keys, id);
        key = key == null ? find(load(), id) : key;
        if (key == null) {
            throw new CacheException(
                    ErrorCodes.CACHE_KEY_UNAVAILABLE,
                    "the stored tokens are encrypted with key " + Long.toHexString(id) + ", which is not among the keys"
                            + " of this store: bring that key back, or delete the stored tokens and sign in again");
        }
        return key;
    }

    synchronized void rotate() {
        source.rotate();
        load();
    }

    private synchronized List<EncryptionKey> load() {
        List<EncryptionKey> loaded = List.copyOf(source.keys());
        if (loaded.isEmpty()) {
            throw new CacheException(ErrorCodes.CACHE_KEY_UNAVAILABLE, "the key source of the token store has no key");
        }
        keys = loaded;
        return loaded;
    }

    private static @Nullable EncryptionKey find(List<EncryptionKey> keys, long id) {
        for (EncryptionKey key : keys) {
            if (key.id() == id) {
                return key;
            }
        }
        return null;
    }
}
