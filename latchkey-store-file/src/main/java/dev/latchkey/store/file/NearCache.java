package dev.latchkey.store.file;

import dev.latchkey.core.account.PartitionKey;
import dev.latchkey.store.StoredPartition;
import java.util.Iterator;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Decoded partitions. A copy is good for a short time after it was last found to be current; a read
 * compares it with the file in any case. Only one thread at a time loads a partition, and publishes it before it lets the
 * next one in, so that no copy ever goes back to an older version.
 */
final class NearCache {
    private static final int BATCHES = 16;

    private final ConcurrentHashMap<PartitionKey, Slot> slots = new ConcurrentHashMap<>();
    private final int maximumSize;
    private final long staleness;
    private final Pause pause;

    NearCache(int maximumSize, long stalenessNanos, Pause pause) {
        this.maximumSize = maximumSize;
        this.staleness = stalenessNanos;
        this.pause = pause;
    }

    /** Reads the file if it is not the one the copy was made of; gives null if there is no file. */
    interface Loader {
        @Nullable
        Copy load(@Nullable Copy known) throws CorruptFileException;
    }

    /** The copy, if it need not be compared with the file. One look-up, no lock. */
    @Nullable
    StoredPartition fresh(PartitionKey key) {
        Slot slot = slots.get(key);
        return slot == null ? null : fresh(slot);
    }

    /** What is stored now; a copy that another thread found to be current since this call began will do. */
    StoredPartition load(PartitionKey key, Loader loader) throws CorruptFileException {
        return load(key, loader, pause.nanoTime());
    }

    /** As {@link #load}, or a copy that is fresh: of many who find none only one compares with the file. */
    StoredPartition loadUnlessFresh(PartitionKey key, Loader loader) throws CorruptFileException {
        return load(key, loader, pause.nanoTime() - staleness + 1);
    }

    /** A copy that was current at that time or later is not loaded again. */
    private StoredPartition load(PartitionKey key, Loader loader, long since) throws CorruptFileException {
        Slot slot = slots.computeIfAbsent(key, unused -> new Slot());
        slot.lock.lock();
        try {
            Copy known = slot.copy;
            if (known != null && known.asOf - since >= 0) {
                return known.stored;
            }
            long asOf = pause.nanoTime();
            Copy loaded = loader.load(known);
            slot.copy = loaded == null ? null : loaded.asOf(asOf);
            return loaded == null ? StoredPartition.ABSENT : loaded.stored;
        } finally {
            slot.lock.unlock();
            tidy(key);
        }
    }

    /** This handle has written; it still holds the write lock. */
    void written(PartitionKey key, @Nullable Copy copy) {
        Slot slot = slots.computeIfAbsent(key, unused -> new Slot());
        slot.lock.lock();
        try {
            slot.copy = copy == null ? null : copy.asOf(pause.nanoTime());
        } finally {
            slot.lock.unlock();
            tidy(key);
        }
    }

    /** The copy may not be current: the next read compares it with the file. */
    void expire(PartitionKey key) {
        Slot slot = slots.get(key);
        if (slot == null) {
            return;
        }
        slot.lock.lock();
        try {
            Copy copy = slot.copy;
            slot.copy = copy == null ? null : copy.asOf(pause.nanoTime() - staleness);
        } finally {
            slot.lock.unlock();
        }
    }

    int size() {
        return slots.size();
    }

    private @Nullable StoredPartition fresh(Slot slot) {
        Copy copy = slot.copy;
        return copy != null && pause.nanoTime() - copy.asOf < staleness ? copy.stored : null;
    }

    private void tidy(PartitionKey key) {
        remove(key, slot -> slot.copy == null);
        if (slots.mappingCount() > maximumSize) {
            slots.keySet().forEach(each -> remove(each, slot -> fresh(slot) == null));
            Iterator<PartitionKey> keys = slots.keySet().iterator();
            while (slots.mappingCount() > maximumSize - maximumSize / BATCHES && keys.hasNext()) {
                remove(keys.next(), slot -> true);
            }
        }
    }

    private void remove(PartitionKey key, Predicate<Slot> condition) {
        slots.computeIfPresent(key, (unused, slot) -> condition.test(slot) ? null : slot);
    }

    private static final class Slot {
        private final ReentrantLock lock = new ReentrantLock();
        private volatile @Nullable Copy copy;
    }

    /** A decoded file, and when it was last known to be the current one. */
    static final class Copy {
        final FileHeader header;
        final StoredPartition stored;
        private final long asOf;

        Copy(FileHeader header, StoredPartition stored) {
            this(header, stored, 0);
        }

        private Copy(FileHeader header, StoredPartition stored, long asOf) {
            this.header = header;
            this.stored = stored;
            this.asOf = asOf;
        }

        private Copy asOf(long nanos) {
            return new Copy(header, stored, nanos);
        }
    }
}
