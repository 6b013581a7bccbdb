package dev.latchkey.store;

import dev.latchkey.core.account.PartitionKey;
import dev.latchkey.core.cache.Partition;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Keeps the memory store within its bound, and free of what is expired. A <em>period</em> is a stretch of writes; each
 * partition remembers the period of its last use, and when the store is full those with the oldest periods go. That is
 * least-recently-used up to the length of a period, at no cost for readers. What is being renewed stays, and so does what was
 * written last: its writer believes that it is stored.
 */
final class MemoryEviction {
    private static final int MOST_WRITES_PER_PERIOD = 64;
    private static final int BATCHES = 16;

    private final ConcurrentHashMap<PartitionKey, MemoryEntry> partitions;
    private final MemoryLeases leases;
    private final ChangeListeners listeners;
    private final int maximumSize;
    private final int writesPerPeriod;
    private final long sweepInterval;
    private final InstantSource clock;
    private final ReentrantLock atWork = new ReentrantLock();
    private final AtomicLong writes = new AtomicLong();
    private final AtomicLong evictions = new AtomicLong();
    private final AtomicLong expirations = new AtomicLong();
    private volatile int period;
    private volatile long nextSweep;

    MemoryEviction(
            ConcurrentHashMap<PartitionKey, MemoryEntry> partitions,
            MemoryLeases leases,
            ChangeListeners listeners,
            MemoryTokenStore.Builder settings) {
        this.partitions = partitions;
        this.leases = leases;
        this.listeners = listeners;
        this.maximumSize = settings.maximumSize;
        this.writesPerPeriod = Math.max(1, Math.min(MOST_WRITES_PER_PERIOD, maximumSize / (2 * BATCHES)));
        this.sweepInterval = settings.sweepInterval.toMillis();
        this.clock = settings.clock;
        this.nextSweep = clock.millis() + sweepInterval;
    }

    int period() {
        return period;
    }

    long evictions() {
        return evictions.get();
    }

    long expirations() {
        return expirations.get();
    }

    /** One writer at a time cleans up; the others go on. */
    void afterWrite(PartitionKey written) {
        long count = writes.incrementAndGet();
        if (count % writesPerPeriod == 0) {
            period = (int) (count / writesPerPeriod);
        }
        boolean full = partitions.mappingCount() > maximumSize;
        boolean sweepDue = clock.millis() >= nextSweep;
        if ((full || sweepDue) && atWork.tryLock()) {
            try {
                if (sweepDue) {
                    sweep(clock.instant());
                }
                if (partitions.mappingCount() > maximumSize) {
                    evict(written);
                }
            } finally {
                atWork.unlock();
            }
        }
    }

    void sweep(Instant now) {
        nextSweep = now.toEpochMilli() + sweepInterval;
        partitions.forEach((key, stored) -> {
            if (isUseless(key, stored.partition(), now) && removed(key, stored)) {
                expirations.incrementAndGet();
                listeners.changed(key);
            } else {
                dropExpiredTokens(key, stored, now);
            }
        });
    }

    private boolean isUseless(PartitionKey key, Partition partition, Instant now) {
        return !partition.isUsable(key.kind(), now) && !leases.isTaken(key);
    }

    /** The version stays: nothing goes that anybody could still use, so nobody's read became wrong. */
    private void dropExpiredTokens(PartitionKey key, MemoryEntry stored, Instant now) {
        Partition rest = stored.partition().withoutExpired(now);
        if (!rest.equals(stored.partition())) {
            MemoryEntry next = new MemoryEntry(this, stored.version(), rest);
            next.usedIn(stored.lastUse());
            if (partitions.replace(key, stored, next)) {
                stored.retire();
            }
        }
    }

    private boolean removed(PartitionKey key, MemoryEntry stored) {
        boolean removed = partitions.remove(key, stored);
        if (removed) {
            stored.retire();
        }
        return removed;
    }

    private void evict(PartitionKey written) {
        int tooMany = (int) (partitions.mappingCount() - maximumSize) + maximumSize / BATCHES;
        int oldest = oldestToKeep(Math.max(1, tooMany), written);
        for (Map.Entry<PartitionKey, MemoryEntry> entry : partitions.entrySet()) {
            if (tooMany > 0
                    && mayGo(entry.getKey(), written)
                    && entry.getValue().lastUse() <= oldest
                    && removed(entry.getKey(), entry.getValue())) {
                tooMany--;
                evictions.incrementAndGet();
                listeners.changed(entry.getKey());
            }
        }
    }

    /** The period up to which partitions go. */
    private int oldestToKeep(int tooMany, PartitionKey written) {
        int[] uses = partitions.entrySet().stream()
                .filter(entry -> mayGo(entry.getKey(), written))
                .mapToInt(entry -> entry.getValue().lastUse())
                .toArray();
        Arrays.sort(uses);
        return uses.length == 0 ? Integer.MIN_VALUE : uses[Math.min(tooMany, uses.length) - 1];
    }

    private boolean mayGo(PartitionKey key, PartitionKey written) {
        return key.kind() != PartitionKey.Kind.APPLICATION && !key.equals(written) && !leases.isTaken(key);
    }
}
