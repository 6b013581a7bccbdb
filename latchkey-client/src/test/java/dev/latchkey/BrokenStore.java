package dev.latchkey;

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

/** A store that does not keep the contract: it throws what it likes. */
final class BrokenStore implements TokenStore {
    private static IllegalStateException broken() {
        return new IllegalStateException("the disk is on fire");
    }

    @Override
    public StoredPartition peek(PartitionKey key) {
        throw broken();
    }

    @Override
    public StoredPartition read(PartitionKey key) {
        throw broken();
    }

    @Override
    public boolean write(PartitionKey key, long expectedVersion, Partition next, Lease lease) {
        throw broken();
    }

    @Override
    public Lease tryLease(PartitionKey key, Duration life) {
        throw broken();
    }

    @Override
    public Set<PartitionKey> list() {
        throw broken();
    }

    @Override
    public Set<PartitionKey> listUsers(String clientId) {
        throw broken();
    }

    @Override
    public StoreCapabilities capabilities() {
        throw broken();
    }

    @Override
    public Registration onChange(Consumer<PartitionKey> listener) {
        throw broken();
    }
}
