package dev.latchkey.store;

import dev.latchkey.core.cache.Partition;

/** A partition and the version under which it is stored. Immutable. Open for stores that know more of what they keep. */
public class StoredPartition {
    /** Nothing is stored: version 0 and an empty partition. */
    public static final StoredPartition ABSENT = new StoredPartition(0, Partition.EMPTY);

    private final long version;
    private final Partition partition;

    private StoredPartition(long version, Partition partition) {
        this.version = version;
        this.partition = partition;
    }

    /** For stores whose entries know more; see {@link #of}. */
    protected StoredPartition(Partition partition, long version) {
        this(positive(version), partition);
    }

    /**
     * A stored partition.
     *
     * @throws IllegalArgumentException if the version is not positive
     */
    public static StoredPartition of(long version, Partition partition) {
        return new StoredPartition(positive(version), partition);
    }

    private static long positive(long version) {
        if (version <= 0) {
            throw new IllegalArgumentException("a version is positive: " + version);
        }
        return version;
    }

    /** The version; 0 if nothing is stored. */
    public final long version() {
        return version;
    }

    /** What is stored. */
    public final Partition partition() {
        return partition;
    }

    /** Whether nothing is stored. */
    public final boolean isAbsent() {
        return version == 0;
    }

    /**
     * Whether to look again would certainly give this very object, so that it need not be done; counts as a look. False
     * by default: a store that others may change unseen cannot tell. What the engine makes of a partition it keeps for
     * the next call only while this is true.
     */
    public boolean isCurrent() {
        return false;
    }

    @Override
    public final String toString() {
        return "version " + version + " of " + partition;
    }
}
