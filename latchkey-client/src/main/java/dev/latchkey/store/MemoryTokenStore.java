package dev.latchkey.store;

import dev.latchkey.core.account.PartitionKey;
import dev.latchkey.core.cache.Partition;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps tokens in the memory of this process: they are lost when it ends and not shared with other processes.
 *
 * <p>Bounded: beyond {@link Builder#maximumSize} partitions, the least recently used are evicted in batches of one
 * sixteenth, except applications' own state, leased partitions and the one just written. Every {@link
 * Builder#sweepInterval} a writer also drops expired access tokens, and partitions of applications and callers in which
 * nothing can still yield a token; users' accounts are kept.
 *
 * <p>A read is one hash look-up: no lock, no allocation, and no write to shared memory except one usage mark per
 * period. Listeners run on the writing thread.
 */
public final class MemoryTokenStore implements TokenStore {
    private final ConcurrentHashMap<PartitionKey, MemoryEntry> partitions = new ConcurrentHashMap<>();
    private final AtomicLong versions = new AtomicLong();
    private final ChangeListeners listeners = new ChangeListeners();
    private final MemoryLeases leases;
    private final MemoryEviction eviction;

    private MemoryTokenStore(Builder from) {
        this.leases = new MemoryLeases(from.nanoClock);
        this.eviction = new MemoryEviction(partitions, leases, listeners, from);
    }

    /** Creates a store with the defaults: 100,000 partitions, a sweep every five minutes. */
    public static MemoryTokenStore create() {
        return builder().build();
    }

    /** Starts a builder with the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /** Like {@link #read}: everything is in memory. */
    @Override
    public StoredPartition peek(PartitionKey key) {
        return read(key);
    }

    @Override
    public StoredPartition read(PartitionKey key) {
        MemoryEntry stored = partitions.get(key);
        if (stored == null) {
            return StoredPartition.ABSENT;
        }
        stored.usedIn(eviction.period());
        return stored;
    }

    @Override
    public boolean write(PartitionKey key, long expectedVersion, Partition next, @Nullable Lease lease) {
        if (lease != null && !lease.key().equals(key)) {
            throw new IllegalArgumentException("the lease is for another partition");
        }
        if (!replace(key, expectedVersion, next, lease)) {
            return false;
        }
        listeners.changed(key);
        eviction.afterWrite(key);
        return true;
    }

    @Override
    public @Nullable Lease tryLease(PartitionKey key, Duration life) {
        return leases.tryTake(key, life, partitions);
    }

    @Override
    public boolean delete(PartitionKey key, long expectedVersion) {
        return write(key, expectedVersion, Partition.EMPTY, null);
    }

    /** A live view. */
    @Override
    public Set<PartitionKey> list() {
        return Collections.unmodifiableSet(partitions.keySet());
    }

    @Override
    public Set<PartitionKey> listUsers(String clientId) {
        Set<PartitionKey> used = new HashSet<>();
        partitions.forEach((key, stored) -> {
            if (key.kind() == PartitionKey.Kind.USER && stored.partition().isUsedBy(clientId)) {
                used.add(key);
            }
        });
        return used;
    }

    @Override
    public StoreCapabilities capabilities() {
        return new StoreCapabilities(Duration.ZERO, StoreCapabilities.Scope.PROCESS, false);
    }

    @Override
    public Registration onChange(Consumer<PartitionKey> listener) {
        return listeners.add(listener);
    }

    /** Runs the periodic sweep now. */
    public void sweep(Instant now) {
        eviction.sweep(now);
    }

    /** How many partitions are stored. */
    public long size() {
        return partitions.mappingCount();
    }

    /** How many partitions were evicted because the store was full. */
    public long evictions() {
        return eviction.evictions();
    }

    /** How many partitions were dropped because nothing in them could still yield a token. */
    public long expirations() {
        return eviction.expirations();
    }

    private boolean replace(PartitionKey key, long expectedVersion, Partition next, @Nullable Lease lease) {
        boolean[] replaced = new boolean[1];
        partitions.compute(key, (unused, current) -> {
            long version = current == null ? 0 : current.version();
            if (version != expectedVersion || (lease != null && !lease.isHeld())) {
                return current;
            }
            replaced[0] = true;
            if (current != null) {
                current.retire();
            }
            return next.isEmpty() ? null : new MemoryEntry(eviction, versions.incrementAndGet(), next);
        });
        return replaced[0];
    }

    /** Builds a store. */
    public static final class Builder {
        int maximumSize = 100_000;
        Duration sweepInterval = Duration.ofMinutes(5);
        InstantSource clock = InstantSource.system();
        LongSupplier nanoClock = System::nanoTime;

        private Builder() {}

        /** How many partitions to hold at most, at least 1. Default 100,000. */
        public Builder maximumSize(int value) {
            if (value < 1) {
                throw new IllegalArgumentException("at least one partition has to fit: " + value);
            }
            this.maximumSize = value;
            return this;
        }

        /** How often a writer drops expired entries. Default five minutes. */
        public Builder sweepInterval(Duration value) {
            this.sweepInterval = positive(value);
            return this;
        }

        /** The clock that decides what is expired. Default: the system clock. */
        public Builder clock(InstantSource value) {
            this.clock = value;
            return this;
        }

        /** Measures how long a lease is held. */
        Builder nanoClock(LongSupplier value) {
            this.nanoClock = value;
            return this;
        }

        /** Builds an empty store. */
        public MemoryTokenStore build() {
            return new MemoryTokenStore(this);
        }

        private static Duration positive(Duration value) {
            if (value.isNegative() || value.isZero()) {
                throw new IllegalArgumentException("must be positive: " + value);
            }
            return value;
        }
    }
}
