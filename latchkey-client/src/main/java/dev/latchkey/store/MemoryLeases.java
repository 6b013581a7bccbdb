package dev.latchkey.store;

import dev.latchkey.core.RunningTime;
import dev.latchkey.core.account.PartitionKey;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Leases within one process.
 *
 * <p>Those who ask for a lease measure how long its holder keeps them from it: only time in which this process ran. A
 * holder that was stopped together with them (SIGSTOP, a paused container) may have its answer waiting, and keeps its
 * lease.
 */
final class MemoryLeases {
    private final ConcurrentHashMap<PartitionKey, Held> holders = new ConcurrentHashMap<>();
    private final AtomicLong fences = new AtomicLong();
    private final LongSupplier nanoClock;

    /** {@code nanoClock} runs on when the system's clock is set. */
    MemoryLeases(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
    }

    /**
     * Takes the lease of a key, from a holder whose time is over too.
     *
     * @param guarded the map whose writers ask whether a lease is held: who takes it from another excludes them
     */
    @Nullable
    Lease tryTake(PartitionKey key, Duration life, ConcurrentHashMap<PartitionKey, ?> guarded) {
        AtomicReference<@Nullable Held> taken = new AtomicReference<>();
        holders.compute(key, (unused, holder) -> {
            if (holder != null && !holder.isOver()) {
                return holder;
            }
            Held mine = new Held(key, RunningTime.of(life.toNanos(), nanoClock), fences.incrementAndGet());
            taken.set(mine);
            if (holder != null) {
                guarded.compute(key, (same, stored) -> {
                    holder.isLost = true;
                    return stored;
                });
            }
            return mine;
        });
        return taken.get();
    }

    /** Whether somebody holds the lease of a key. */
    boolean isTaken(PartitionKey key) {
        return holders.containsKey(key);
    }

    private final class Held implements Lease {
        private final PartitionKey key;
        private final long fence;

        /** Guarded by the map's bin. */
        private final RunningTime life;

        private volatile boolean isLost;

        Held(PartitionKey key, RunningTime life, long fence) {
            this.key = key;
            this.life = life;
            this.fence = fence;
        }

        boolean isOver() {
            return life.isOver();
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
            return !isLost;
        }

        @Override
        public void close() {
            isLost = true;
            holders.remove(key, this);
        }
    }
}
