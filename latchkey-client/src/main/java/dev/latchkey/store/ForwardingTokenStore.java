package dev.latchkey.store;

import dev.latchkey.core.account.PartitionKey;
import dev.latchkey.core.cache.Partition;
import java.time.Duration;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A store that forwards every call to another store: a base class for stores that add something, such as measurements
 * or faults. A subclass that returns its own leases must unwrap them in {@link #write}. {@link #recent}, {@link #update}
 * and {@link #delete} call the other methods, so a subclass need not override them.
 */
public abstract class ForwardingTokenStore implements TokenStore {
    private final TokenStore store;

    /** Forwards calls to the given store. */
    protected ForwardingTokenStore(TokenStore store) {
        this.store = store;
    }

    /** The store that calls are forwarded to. */
    protected final TokenStore store() {
        return store;
    }

    @Override
    public @Nullable StoredPartition peek(PartitionKey key) {
        return store.peek(key);
    }

    @Override
    public StoredPartition read(PartitionKey key) {
        return store.read(key);
    }

    @Override
    public boolean write(PartitionKey key, long expectedVersion, Partition next, @Nullable Lease lease) {
        return store.write(key, expectedVersion, next, lease);
    }

    @Override
    public @Nullable Lease tryLease(PartitionKey key, Duration life) {
        return store.tryLease(key, life);
    }

    @Override
    public void requireWritable() {
        store.requireWritable();
    }

    @Override
    public Set<PartitionKey> list() {
        return store.list();
    }

    @Override
    public Set<PartitionKey> listUsers(String clientId) {
        return store.listUsers(clientId);
    }

    @Override
    public StoreCapabilities capabilities() {
        return store.capabilities();
    }

    @Override
    public Registration onChange(Consumer<PartitionKey> listener) {
        return store.onChange(listener);
    }

    @Override
    public void close() {
        store.close();
    }
}
