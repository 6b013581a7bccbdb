package dev.latchkey.spring.metrics;

import dev.latchkey.core.account.PartitionKey;
import dev.latchkey.core.cache.Partition;
import dev.latchkey.store.Lease;
import dev.latchkey.store.Registration;
import dev.latchkey.store.StoreCapabilities;
import dev.latchkey.store.StoredPartition;
import dev.latchkey.store.TokenStore;
import java.time.Duration;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Every look-up fails. */
final class UnreadableStore implements TokenStore {
    private final RuntimeException failure;

    UnreadableStore(RuntimeException failure) {
        this.failure = failure;
    }

    @Override
    public @Nullable StoredPartition peek(PartitionKey key) {
        return null;
    }

    @Override
    public StoredPartition read(PartitionKey key) {
        throw failure;
    }

    @Override
    public boolean write(PartitionKey key, long expectedVersion, Partition next, @Nullable Lease lease) {
        throw failure;
    }

    @Override
    public @Nullable Lease tryLease(PartitionKey key, Duration life) {
        throw failure;
    }

    @Override
    public Set<PartitionKey> listUsers(String clientId) {
        throw failure;
    }

    @Override
    public StoreCapabilities capabilities() {
        return new StoreCapabilities(Duration.ZERO, StoreCapabilities.Scope.PROCESS, false);
    }

    @Override
    public Set<PartitionKey> list() {
        throw failure;
    }

    @Override
    public Registration onChange(Consumer<PartitionKey> listener) {
        return () -> {};
    }
}
