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

    /** Whether it is still held. Only a hint: the store checks again at each write. */
    boolean isHeld();

    /** Gives it back. Never throws; a second call, or one after the lease was lost, does nothing. */
    @Override
    void close();
}
