package dev.latchkey.web.session;

import dev.latchkey.core.account.PartitionKey;
import dev.latchkey.core.cache.Blob;
import dev.latchkey.core.cache.Partition;
import dev.latchkey.core.error.CacheException;
import dev.latchkey.core.error.ErrorCodes;
import dev.latchkey.store.Registration;
import dev.latchkey.store.StoredPartition;
import dev.latchkey.store.TokenStore;
import java.time.InstantSource;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Blobs in a token store: read until they expire, changed by compare-and-set. */
final class BlobStore {
    private static final Logger LOG = LoggerFactory.getLogger(BlobStore.class);
    private static final int MOST_RACES = 50;

    private final TokenStore store;
    private final InstantSource clock;

    BlobStore(TokenStore store, InstantSource clock) {
        this.store = store;
        this.clock = clock;
    }

    Registration onChange(Consumer<PartitionKey> listener) {
        return store.onChange(listener);
    }

    @Nullable
    Blob read(PartitionKey key) {
        return alive(store.recent(key).partition());
    }

    /** Reads past any copy that lags behind another node's write. */
    @Nullable
    Blob readNewest(PartitionKey key) {
        return alive(store.read(key).partition());
    }

    /** Applies a change to the present blob and writes the result; null means no blob, before and after. */
    void change(PartitionKey key, Function<@Nullable Blob, @Nullable Blob> change) {
        store.update(key, null, stored -> {
            Blob next = change.apply(alive(stored));
            return next == null ? Partition.EMPTY : Partition.of(next);
        });
    }

    /** Moves a blob to another key without losing a concurrent change; false if the blob is gone. */
    boolean move(PartitionKey from, PartitionKey to, Function<Blob, Blob> change) {
        for (int race = 0; race < MOST_RACES; race++) {
            StoredPartition stored = store.read(from);
            Blob blob = alive(stored.partition());
            if (blob == null) {
                change(to, gone -> null);
                return false;
            }
            change(to, before -> change.apply(blob));
            // This deletion decides: it fails if the old blob was changed in the meantime.
            if (store.delete(from, stored.version())) {
                return true;
            }
        }
        change(to, gone -> null);
        throw contended();
    }

    /**
     * Deletes expired blobs, for stores that do not do so themselves; unreadable ones are logged and left in place.
     */
    void sweep() {
        for (PartitionKey key : store.list()) {
            if (key.kind() == PartitionKey.Kind.BLOB) {
                sweep(key);
            }
        }
    }

    private void sweep(PartitionKey key) {
        try {
            StoredPartition stored = store.read(key);
            if (!stored.isAbsent() && alive(stored.partition()) == null) {
                store.delete(key, stored.version());
            }
        } catch (CacheException e) {
            LOG.warn("A stored blob cannot be cleaned up: {}", e.errorCode());
        }
    }

    private @Nullable Blob alive(Partition stored) {
        Blob blob = stored.blob();
        return blob == null || !blob.expiresOn().isAfter(clock.instant()) ? null : blob;
    }

    private static CacheException contended() {
        return new CacheException(ErrorCodes.CACHE_UNAVAILABLE, "the session is being changed concurrently; try again");
    }
}
