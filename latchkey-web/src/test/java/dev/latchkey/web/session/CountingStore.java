package dev.latchkey.web.session;

import dev.latchkey.core.account.PartitionKey;
import dev.latchkey.core.cache.Partition;
import dev.latchkey.core.error.CacheException;
import dev.latchkey.core.error.ErrorCodes;
import dev.latchkey.store.ForwardingTokenStore;
import dev.latchkey.store.Lease;
import dev.latchkey.store.MemoryTokenStore;
import dev.latchkey.store.StoredPartition;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts the calls of a store. */
final class CountingStore extends ForwardingTokenStore {
    final AtomicInteger reads = new AtomicInteger();
    final AtomicInteger writes = new AtomicInteger();
    final AtomicInteger peeks = new AtomicInteger();

    /** How many of the next writes and deletions lose against a concurrent one. */
    final AtomicInteger races = new AtomicInteger();

    /** The key that cannot be read. */
    PartitionKey broken;

    CountingStore() {
        super(MemoryTokenStore.create());
    }

    @Override
    public StoredPartition peek(PartitionKey key) {
        peeks.incrementAndGet();
        return read(key);
    }

    @Override
    public StoredPartition read(PartitionKey key) {
        reads.incrementAndGet();
        if (key.equals(broken)) {
            throw new CacheException(ErrorCodes.CACHE_CORRUPT, "a test broke it");
        }
        return store().read(key);
    }

    @Override
    public boolean write(PartitionKey key, long expectedVersion, Partition next, Lease lease) {
        writes.incrementAndGet();
        return !isLost() && store().write(key, expectedVersion, next, lease);
    }

    private boolean isLost() {
        return races.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
    }

    /** Simulates a store that lost everything. */
    void lose() {
        Set.copyOf(list()).forEach(key -> delete(key, store().read(key).version()));
    }
}
