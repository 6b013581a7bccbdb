package dev.latchkey.store;

import dev.latchkey.core.cache.Partition;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/** A partition and the version under which it is stored. Immutable to all but the memory store, which notes its use. */
public final class StoredPartition {
    /** Nothing is stored: version 0 and an empty partition. */
    public static final StoredPartition ABSENT = new StoredPartition(0, Partition.EMPTY);

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

    private StoredPartition(long version, Partition partition) {
        this.version = version;
        this.partition = partition;
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
        return new StoredPartition(version, partition);
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
