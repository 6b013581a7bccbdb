package dev.latchkey.store;

import dev.latchkey.core.cache.Partition;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/** What the memory store keeps; it notes its use and its end. */
final class MemoryEntry extends StoredPartition {
    private static final VarHandle LAST_USE;

    static {
        try {
            LAST_USE = MethodHandles.lookup().findVarHandle(MemoryEntry.class, "lastUse", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    @SuppressWarnings("UnusedVariable") // written and read through LAST_USE
    private int lastUse;

    /** Null once another took its place, or none. */
    private volatile @Nullable MemoryEviction keeper;

    MemoryEntry(MemoryEviction keeper, long version, Partition partition) {
        super(version, partition);
        this.keeper = keeper;
        usedIn(keeper.period());
    }

    @Override
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
}
