package dev.latchkey.store;

import dev.latchkey.core.cache.Partition;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * A partition and the version under which it is stored. Immutable to all but the memory store, which notes its use and its
 * end.
 */
public final class StoredPartition {
    /** Nothing is stored: version 0 and an empty partition. */
    public static final StoredPartition ABSENT = new StoredPartition(0, Partition.EMPTY, null);

    private static final VarHandle LAST_USE;

    static {
        try {
            LAST_USE = MethodHandles.lookup().findVarHandle(StoredPartition.class, "lastUse", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final long version;
    private final Partition partition;

    @SuppressWarnings("UnusedVariable") // written and read through LAST_USE
    private int lastUse;

    /** The memory store that still holds this entry; null once replaced, and in all other stores. */
    private volatile @Nullable MemoryEviction keeper;

    private StoredPartition(long version, Partition partition, @Nullable MemoryEviction keeper) {
        this.version = version;
        this.partition = partition;
        this.keeper = keeper;
    }

    /**
     * A stored partition.
     *
     * @throws IllegalArgumentException if the version is not positive
     */
    public static StoredPartition of(long version, Partition partition) {
        if (version <= 0) {
            throw new IllegalArgumentException("a version is positive: " + version);
        }
        return new StoredPartition(version, partition, null);
    }

    /** A partition that the memory store keeps. */
    static StoredPartition keptBy(MemoryEviction keeper, long version, Partition partition) {
        StoredPartition kept = new StoredPartition(version, partition, keeper);
        kept.usedIn(keeper.period());
        return kept;
    }

    /** The version; 0 if nothing is stored. */
    public long version() {
        return version;
    }

    /** What is stored. */
    public Partition partition() {
        return partition;
    }

    /** Whether nothing is stored. */
    public boolean isAbsent() {
        return version == 0;
    }

    /**
     * Whether to read again would certainly give this very object, so that it need not be done; counts as a reading.
     * Always false of a store that others may change unseen.
     */
    public boolean isCurrent() {
        MemoryEviction known = keeper;
        if (known == null) {
            return false;
        }
        usedIn(known.period());
        return true;
    }

    /** Another took its place, or none. */
    void retire() {
        keeper = null;
    }

    /** Notes a use. Writes only when the period has changed: many readers of one account do not fight for its line. */
    void usedIn(int period) {
        if ((int) LAST_USE.getOpaque(this) != period) {
            LAST_USE.setOpaque(this, period);
        }
    }

    int lastUse() {
        return (int) LAST_USE.getOpaque(this);
    }

    @Override
    public String toString() {
        return "version " + version + " of " + partition;
    }
}
