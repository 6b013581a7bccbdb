package dev.latchkey;

import dev.latchkey.core.account.PartitionKey;
import dev.latchkey.core.cache.Partition;
import dev.latchkey.core.error.CacheException;
import dev.latchkey.core.error.ErrorCodes;
import dev.latchkey.store.ForwardingTokenStore;
import dev.latchkey.store.Lease;
import dev.latchkey.store.MemoryTokenStore;
import dev.latchkey.store.StoredPartition;
import dev.latchkey.store.TokenStore;
import java.time.Duration;
import java.util.Set;

/** A store on a disk that a test fills. */
final class FailingStore extends ForwardingTokenStore {
    final TokenStore inner = store();

    /** Nothing can be written, which whoever asks is told before. */
    volatile boolean isFull;

    /** Nothing can be written, which is found out when it is tried. */
    volatile boolean isFullUnseen;

    /** Nothing can be read either, as if the directory had been moved. */
    volatile boolean isAway;

    /** Somebody holds every lease and is waited for in vain. */
    volatile boolean isBusy;

    volatile int reservations;

    FailingStore() {
        super(MemoryTokenStore.create());
    }

    void recover() {
        isFull = false;
        isFullUnseen = false;
        isAway = false;
        isBusy = false;
    }

    private void requireRoom() {
        requireThere();
        if (isFull) {
            throw new CacheException(ErrorCodes.CACHE_QUOTA_EXCEEDED, "there is no space left");
        }
    }

    private void requireThere() {
        if (isAway) {
            throw new CacheException(ErrorCodes.CACHE_UNAVAILABLE, "the directory is gone");
        }
    }

    @Override
    public StoredPartition peek(PartitionKey key) {
        return isAway ? null : inner.peek(key);
    }

    @Override
    public StoredPartition read(PartitionKey key) {
        requireThere();
        return inner.read(key);
    }

    @Override
    public boolean write(PartitionKey key, long expectedVersion, Partition next, Lease lease) {
        requireThere();
        if (!next.isEmpty() && (isFull || isFullUnseen)) {
            throw new CacheException(ErrorCodes.CACHE_QUOTA_EXCEEDED, "there is no space left");
        }
        return inner.write(key, expectedVersion, next, lease == null ? null : ((Held) lease).lease);
    }

    @Override
    public Lease tryLease(PartitionKey key, Duration life) {
        requireThere();
        if (isBusy) {
            throw new CacheException(ErrorCodes.CACHE_LEASE_TIMEOUT, "somebody else renews");
        }
        Lease lease = inner.tryLease(key, life);
        return lease == null ? null : new Held(lease);
    }

    @Override
    public void requireWritable() {
        requireRoom();
    }

    @Override
    public Set<PartitionKey> list() {
        requireThere();
        return inner.list();
    }

    @Override
    public Set<PartitionKey> listUsers(String clientId) {
        requireThere();
        return inner.listUsers(clientId);
    }

    private final class Held implements Lease {
        private final Lease lease;

        Held(Lease lease) {
            this.lease = lease;
        }

        @Override
        public void reserve() {
            reservations++;
            requireRoom();
        }

        @Override
        public PartitionKey key() {
            return lease.key();
        }

        @Override
        public long fence() {
            return lease.fence();
        }

        @Override
        public boolean isHeld() {
            return lease.isHeld();
        }

        @Override
        public void close() {
            lease.close();
        }
    }
}
