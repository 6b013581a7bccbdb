package dev.latchkey.store;

import dev.latchkey.core.RunningTime;
import dev.latchkey.core.account.PartitionKey;
import dev.latchkey.core.error.CacheException;
import dev.latchkey.core.error.ErrorCodes;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Leases within one process. A place exists while somebody holds the lease of its key or waits for it.
 *
 * <p>Those who wait measure how long the holder keeps them: only time in which this process ran. A holder that was
 * stopped together with them (SIGSTOP, a paused container) may have its answer waiting, and keeps its lease.
 */
final class MemoryLeases {
    private final ConcurrentHashMap<PartitionKey, Place> places = new ConcurrentHashMap<>();
    private final AtomicLong fences = new AtomicLong();
    private final long maximumNanos;
    private final LongSupplier nanoClock;

    /**
     * Leases that end after a time.
     *
     * @param maximum how long others wait for a holder at most before the first of them takes over
     * @param nanoClock runs on when the system's clock is set
     */
    MemoryLeases(Duration maximum, LongSupplier nanoClock) {
        this.maximumNanos = maximum.toNanos();
        this.nanoClock = nanoClock;
    }

    /**
     * Takes the lease of a key.
     *
     * @param guarded the map whose writers ask whether a lease is held: taking it from a hanging holder excludes them
     */
    Lease take(PartitionKey key, Duration wait, ConcurrentHashMap<PartitionKey, StoredPartition> guarded) {
        Place place = enter(key);
        Held held = null;
        try {
            held = place.take(key, wait.toNanos(), guarded);
            return held;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CacheException(ErrorCodes.INTERRUPTED, "interrupted while waiting for the lease of an account");
        } finally {
            if (held == null) {
                leave(key);
            }
        }
    }

    /** Whether somebody holds the lease of a key. */
    boolean isTaken(PartitionKey key) {
        Place place = places.get(key);
        return place != null && place.holder != null;
    }

    private Place enter(PartitionKey key) {
        Place place = places.compute(key, (unused, present) -> {
            Place entered = present == null ? new Place() : present;
            entered.users++;
            return entered;
        });
        return place;
    }

    private void leave(PartitionKey key) {
        places.computeIfPresent(key, (unused, place) -> --place.users == 0 ? null : place);
    }

    private final class Place {
        private final ReentrantLock lock = new ReentrantLock();
        private final Condition free = lock.newCondition();
        private volatile @Nullable Held holder;

        /** Holder and waiters; guarded by the map's bin. */
        private int users;

        Held take(PartitionKey key, long waitNanos, ConcurrentHashMap<PartitionKey, StoredPartition> guarded)
                throws InterruptedException {
            RunningTime timeout = RunningTime.of(waitNanos, nanoClock);
            lock.lockInterruptibly();
            try {
                for (Held current = holder; current != null; current = holder) {
                    if (current.hang.isOver()) {
                        guarded.compute(key, (unused, stored) -> {
                            holder = null;
                            return stored;
                        });
                    } else if (timeout.isOver()) {
                        throw new CacheException(
                                ErrorCodes.CACHE_LEASE_TIMEOUT,
                                "another call renews this account's tokens and did not finish in time; try again");
                    } else {
                        free.awaitNanos(Math.min(timeout.nextLook(), current.hang.nextLook()));
                    }
                }
                Held mine = new Held(key, this, fences.incrementAndGet());
                holder = mine;
                return mine;
            } finally {
                lock.unlock();
            }
        }

        void release(Held held) {
            lock.lock();
            try {
                if (holder == held) {
                    holder = null;
                    free.signal();
                }
            } finally {
                lock.unlock();
            }
        }
    }

    private final class Held implements Lease {
        private final PartitionKey key;
        private final Place place;
        private final long fence;

        /** Guarded by the place's lock. */
        private final RunningTime hang = RunningTime.of(maximumNanos, nanoClock);

        private boolean closed;

        Held(PartitionKey key, Place place, long fence) {
            this.key = key;
            this.place = place;
            this.fence = fence;
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
            return place.holder == this;
        }

        @Override
        public void close() {
            synchronized (this) {
                if (closed) {
                    return;
                }
                closed = true;
            }
            place.release(this);
            leave(key);
        }
    }
}
