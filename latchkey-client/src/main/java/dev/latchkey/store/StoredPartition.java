package dev.latchkey.store;

import dev.latchkey.core.cache.Partition;

/**
 * A partition and the version under which it is stored. Immutable. Not final, so that stores can keep more with an
 * entry.
 */
public class StoredPartition {
    /** Represents that nothing is stored: version 0 and an empty partition. */
    public static final StoredPartition ABSENT = new StoredPartition();

    private final long version;
    private final Partition partition;

    private StoredPartition() {
        this.version = 0;
        this.partition = Partition.EMPTY;
    }

    /**
     * For stores that keep more with an entry; see {@link #of}.
     *
     * @throws IllegalArgumentException if the version is not positive
     */
    protected StoredPartition(long version, Partition partition) {
        if (version <= 0) {
            throw new IllegalArgumentException("a version is positive: " + version);
        }
        this.version = version;
        this.partition = partition;
    }

    /**
     * Creates a stored partition.
     *
     * @throws IllegalArgumentException if the version is not positive
     */
    public static StoredPartition of(long version, Partition partition) {
        return new StoredPartition(version, partition);
    }

    /** The version; 0 if nothing is stored. */
    public final long version() {
        return version;
    }

    /** The stored partition. */
    public final Partition partition() {
        return partition;
    }

    /** Whether nothing is stored. */
    public final boolean isAbsent() {
        return version == 0;
    }

    /**
     * Whether another read would certainly return this same object, so that it can be skipped; the call counts as a
     * use. False by default, because a store that others may change unnoticed cannot tell. The engine reuses what it
     * derived from a partition only while this is true.
     */
    public boolean isCurrent() {
        return false;
    }

    @Override
    public final String toString() {
        return "version " + version + " of " + partition;
    }
}
