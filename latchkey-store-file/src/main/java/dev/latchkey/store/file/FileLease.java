package dev.latchkey.store.file;

import dev.latchkey.core.account.PartitionKey;
import dev.latchkey.store.Lease;
import java.util.concurrent.atomic.AtomicBoolean;

/** A lock of the operating system that is held across a refresh, and a number that says whose turn it is. */
final class FileLease implements Lease {
    private final PartitionKey key;
    private final long fence;
    private final LockFile.Held lock;
    private final Partitions partitions;
    private final AtomicBoolean room = new AtomicBoolean();
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile boolean lost;

    FileLease(PartitionKey key, long fence, LockFile.Held lock, Partitions partitions) {
        this.key = key;
        this.fence = fence;
        this.lock = lock;
        this.partitions = partitions;
    }

    @Override
    public PartitionKey key() {
        return key;
    }

    @Override
    public long fence() {
        return fence;
    }

    @Override
    public boolean isHeld() {
        return !lost && lock.isHeld();
    }

    /** Whether it is held and no later one was given, as may happen where the file system forgets locks. */
    boolean isHeldBy(long lastFence) {
        lost |= lastFence != fence;
        return isHeld();
    }

    @Override
    public void reserve() {
        if (!room.get()) {
            partitions.reserve(key);
            room.set(true);
        }
    }

    /** Whether there is room that was set aside; from now on it is used. */
    boolean takeRoom() {
        return room.getAndSet(false);
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            try {
                partitions.leaseEnds(key, fence, takeRoom());
            } finally {
                lock.close();
            }
        }
    }
}
