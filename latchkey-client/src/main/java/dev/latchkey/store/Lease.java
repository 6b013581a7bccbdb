package dev.latchkey.store;

import dev.latchkey.core.account.PartitionKey;

/**
 * The right to redeem the refresh token of one partition. It has one holder at a time among all users of the store. It
 * may be closed by a different thread than the one that took it.
 */
public interface Lease extends AutoCloseable {
    /** The key of the partition. */
    PartitionKey key();

    /** The fencing number: greater than that of every earlier lease of this key. */
    long fence();

    /**
     * Whether the lease is still held, as far as this process knows. Only a hint: the store checks again on each write.
     */
    boolean isHeld();

    /**
     * Ensures, as far as the store can, that a write under this lease will not fail for lack of space or permissions.
     * Called before something irreversible, such as redeeming a refresh token. Reserved space is released with the
     * lease.
     *
     * <p>Does nothing by default, which is right for an in-memory store that always has room, and for a store whose
     * lease is itself a write to where the data is kept.
     *
     * @throws dev.latchkey.core.error.CacheException if a write would fail: {@code cache_quota_exceeded}, {@code
     *     cache_unavailable}, {@code cache_key_unavailable}
     */
    default void reserve() {}

    /** Releases the lease. Never throws; a second call, or a call after the lease was lost, does nothing. */
    @Override
    void close();
}
