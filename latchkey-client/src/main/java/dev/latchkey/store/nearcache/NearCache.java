package dev.latchkey.store.nearcache;

import dev.latchkey.core.account.PartitionKey;
import dev.latchkey.store.StoredPartition;
import dev.latchkey.store.encryption.CorruptRecordException;
import dev.latchkey.store.encryption.RecordHeader;
import java.util.Iterator;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Decoded copies of stored partitions in memory, for token stores that do I/O. A copy is served for a short time after
 * it was last known to be current; a read compares it with the store in any case. Only one thread at a time loads a
 * partition, and publishes it before the next one starts, so that a copy is never replaced by an older version.
 * Thread-safe.
 */
public final class NearCache {
    private static final int BATCHES = 16;

    private final ConcurrentHashMap<PartitionKey, Slot> slots = new ConcurrentHashMap<>();
    private final int maximumSize;
    private final long staleness;
    private final LongSupplier nanoTime;

    /**
     * Creates an empty cache.
     *
     * @param maximumSize how many copies to keep; 0 for none
     * @param stalenessNanos how long a copy is served without a comparison, in nanoseconds
     * @param nanoTime the time as {@link System#nanoTime()} tells it
     */
    public NearCache(int maximumSize, long stalenessNanos, LongSupplier nanoTime) {
        this.maximumSize = maximumSize;
        this.staleness = stalenessNanos;
        this.nanoTime = nanoTime;
    }

    /** Reads a partition from the store. */
    public interface Loader {
        /**
         * Reads the record, unless it is the one that the known copy was made from.
         *
         * @return the known copy if it is current, a new one if not; null if there is no record
         * @throws CorruptRecordException if the record is damaged
         */
        @Nullable
        Copy load(@Nullable Copy known) throws CorruptRecordException;
    }

    /** The copy, if it need not be compared with the store; null otherwise. One look-up, no lock. */
    public @Nullable StoredPartition fresh(PartitionKey key) {
        Slot slot = slots.get(key);
        return slot == null ? null : fresh(slot);
    }

    /**
     * What is stored now, or a copy that another thread found to be current after this call began.
     *
     * @throws CorruptRecordException if the loader throws it
     */
    public StoredPartition load(PartitionKey key, Loader loader) throws CorruptRecordException {
        return load(key, loader, nanoTime.getAsLong());
    }

    /**
     * As {@link #load}, or a fresh copy: of many threads that find none, one compares with the store.
     *
     * @throws CorruptRecordException if the loader throws it
     */
    public StoredPartition loadUnlessFresh(PartitionKey key, Loader loader) throws CorruptRecordException {
        return load(key, loader, nanoTime.getAsLong() - staleness + 1);
    }

    /** A copy that was current at that time or later is not loaded again. */
    private StoredPartition load(PartitionKey key, Loader loader, long since) throws CorruptRecordException {
        Slot slot = slots.computeIfAbsent(key, unused -> new Slot());
        slot.lock.lock();
        try {
            Copy known = slot.copy;
            if (known != null && known.asOf - since >= 0) {
                return known.stored;
            }
            long asOf = nanoTime.getAsLong();
            Copy loaded = loader.load(known);
            slot.copy = loaded == null ? null : loaded.asOf(asOf);
            return loaded == null ? StoredPartition.ABSENT : loaded.stored;
        } finally {
            slot.lock.unlock();
            tidy(key);
        }
    }

    /**
     * Replaces the copy after a write. The caller still holds what keeps other writers out.
     *
     * @param copy what was written; null after a deletion
     */
    public void written(PartitionKey key, @Nullable Copy copy) {
        Slot slot = slots.computeIfAbsent(key, unused -> new Slot());
        slot.lock.lock();
        try {
            slot.copy = copy == null ? null : copy.asOf(nanoTime.getAsLong());
        } finally {
            slot.lock.unlock();
            tidy(key);
        }
    }

    /** The copy may not be current: the next read compares it with the store. */
    public void expire(PartitionKey key) {
        Slot slot = slots.get(key);
        if (slot == null) {
            return;
        }
        slot.lock.lock();
        try {
            Copy copy = slot.copy;
            slot.copy = copy == null ? null : copy.asOf(nanoTime.getAsLong() - staleness);
        } finally {
            slot.lock.unlock();
        }
    }

    /** The number of copies. */
    public int size() {
        return slots.size();
    }

    private @Nullable StoredPartition fresh(Slot slot) {
        Copy copy = slot.copy;
        return copy != null && nanoTime.getAsLong() - copy.asOf < staleness ? copy.stored : null;
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

    /** A decoded record, and when it was last known to be the current one. Immutable. */
    public static final class Copy {
        private final RecordHeader header;
        private final StoredPartition stored;
        private final long asOf;

        /**
         * Creates a copy.
         *
         * @param header the header of the record, by which a later record is told from this one
         * @param stored what the record holds
         */
        public Copy(RecordHeader header, StoredPartition stored) {
            this(header, stored, 0);
        }

        private Copy(RecordHeader header, StoredPartition stored, long asOf) {
            this.header = header;
            this.stored = stored;
            this.asOf = asOf;
        }

        /** The header of the record. */
        public RecordHeader header() {
            return header;
        }

        /** What the record holds. */
        public StoredPartition stored() {
            return stored;
        }

        private Copy asOf(long nanos) {
            return new Copy(header, stored, nanos);
        }
    }
}
