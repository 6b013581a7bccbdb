package dev.latchkey.store;

import dev.latchkey.core.account.PartitionKey;

/**
 * The right to redeem the refresh token of one partition. Held by one at a time across everything that shares the store.
 * May be closed by another thread than the one that took it.
 */
public interface Lease extends AutoCloseable {
    /** The partition it is for. */
    PartitionKey key();

    /** The fencing number: greater than that of every earlier lease of this key. */
    long fence();

    /** Whether it is still held, as far as this process knows. Only a hint: the store checks again at each write. */
    boolean isHeld();

    /**
     * Makes sure, as far as a store can, that a write under this lease will not fail for want of room or rights: asked
     * before something is done that cannot be undone, such as redeeming a refresh token. What it sets aside is given back
     * with the lease.
     *
     * <p>Does nothing by default: right for a store in whose memory there is always room, and for one whose lease is itself
     * a write to where the data rest.
     *
     * @throws dev.latchkey.core.error.CacheException if a write would fail: {@code cache_quota_exceeded}, {@code
     *     cache_unavailable}, {@code cache_key_unavailable}
     */
    default void reserve() {}

    /** Gives it back. Never throws; a second call, or one after the lease was lost, does nothing. */
    @Override
    void close();
}
