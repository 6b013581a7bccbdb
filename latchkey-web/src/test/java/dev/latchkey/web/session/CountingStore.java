package dev.latchkey.web.session;

import dev.latchkey.core.account.PartitionKey;
import dev.latchkey.core.cache.Partition;
import dev.latchkey.core.error.CacheException;
import dev.latchkey.core.error.ErrorCodes;
import dev.latchkey.store.Lease;
import dev.latchkey.store.MemoryTokenStore;
import dev.latchkey.store.Registration;
import dev.latchkey.store.StoredPartition;
import dev.latchkey.store.TokenStore;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/** Counts what is asked of it. */
final class CountingStore implements TokenStore {
    final AtomicInteger reads = new AtomicInteger();
    final AtomicInteger writes = new AtomicInteger();
    final AtomicInteger leases = new AtomicInteger();

    /** How many of the next writes and deletions somebody else is faster than. */
    final AtomicInteger races = new AtomicInteger();

    /** What cannot be read. */
    PartitionKey broken;

    private final TokenStore store = MemoryTokenStore.create();

    @Override
    public StoredPartition read(PartitionKey key) {
        reads.incrementAndGet();
        if (key.equals(broken)) {
            throw new CacheException(ErrorCodes.CACHE_CORRUPT, "a test broke it");
        }
        return store.read(key);
    }

    @Override
    public boolean write(PartitionKey key, long expectedVersion, Partition next, Lease lease) {
        writes.incrementAndGet();
        return !isLost() && store.write(key, expectedVersion, next, lease);
    }

    @Override
    public Lease lease(PartitionKey key, Duration wait) {
        leases.incrementAndGet();
        return store.lease(key, wait);
    }

    @Override
    public boolean delete(PartitionKey key, long expectedVersion) {
        return !isLost() && store.delete(key, expectedVersion);
    }

    private boolean isLost() {
        return races.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
    }

    @Override
    public Set<PartitionKey> list() {
        return store.list();
    }

    @Override
    public Registration onChange(Consumer<PartitionKey> listener) {
        return store.onChange(listener);
    }

    /** As if the store had lost all. */
    void lose() {
        Set.copyOf(list()).forEach(key -> delete(key, store.read(key).version()));
    }
}
