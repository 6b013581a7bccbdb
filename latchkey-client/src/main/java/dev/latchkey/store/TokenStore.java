package dev.latchkey.store;

import dev.latchkey.core.account.PartitionKey;
import dev.latchkey.core.cache.Partition;
import java.time.Duration;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Where partitions of the token cache rest. An implementation may share its data with other instances, processes or
 * machines; everything below holds across all of them. {@code TokenStoreContract} of the test kit checks it.
 *
 * <p><b>Atomicity.</b> A partition is read, replaced and deleted as a whole. Each replacement is a compare-and-set on
 * the version that was read.
 *
 * <p><b>Versions.</b> Positive and never given twice to one key, not even after deletion. Version 0 means that nothing is
 * stored.
 *
 * <p><b>Lost races.</b> {@link #write} and {@link #delete} return false and change nothing. The caller reads again and
 * decides anew; the store never merges.
 *
 * <p><b>Leases.</b> Whoever redeems a refresh token holds the lease of its partition meanwhile. A lease ends when it is
 * closed, when its holder's process dies, or when the store takes it away from a holder that hangs; the fencing number
 * makes sure that a holder who lost it can no longer write.
 *
 * <p><b>Threads.</b> All methods may be called by any number of threads, and block while they do I/O. An interrupt ends a
 * wait with a {@link dev.latchkey.core.error.CacheException} of code {@code interrupted} and leaves the thread interrupted.
 *
 * <p><b>Failure.</b> A {@link dev.latchkey.core.error.CacheException} means that the store could not do its work, never
 * that something is absent; the code says what to do. After a failed write it is not known whether it took place: read
 * again. A store never presents itself as empty because it cannot be read.
 */
public interface TokenStore {
    /**
     * What is stored for a key; {@link StoredPartition#ABSENT} if nothing is. Costs the same however many partitions
     * there are. A store may answer from a copy in memory that lags behind what other handles wrote, by a short time
     * that it documents; never behind this handle's own writes, never while this handle holds the key's lease, and not
     * after a lost race. No handle sees a key go back to an older version.
     */
    StoredPartition read(PartitionKey key);

    /**
     * Replaces a partition if it still has the version that was read. An empty partition is deleted.
     *
     * @param expectedVersion the version read before; 0 to store only if nothing is stored
     * @param lease the lease under which the caller works, or null if it needs none; one that was lost fails the write
     * @return true if it is stored, and as durable as the store promises; false if the race was lost: the version is
     *     another one by now, or the lease was closed or belongs to somebody else
     * @throws IllegalArgumentException if the lease is for another key
     */
    boolean write(PartitionKey key, long expectedVersion, Partition next, @Nullable Lease lease);

    /**
     * Takes the lease of a key, waiting while somebody else holds it. Not reentrant. Needed for the time of a refresh
     * only: reading and writing go on without it.
     *
     * @param wait how long to wait at most; zero tries once
     * @throws dev.latchkey.core.error.CacheException {@code cache_lease_timeout} if it was not free in time
     */
    Lease lease(PartitionKey key, Duration wait);

    /**
     * Makes sure, as far as a store can, that something could be written just now: asked before a person is sent to sign
     * in, whose answer would have no place. Of one account, with its lease: {@link Lease#reserve}. Does nothing by
     * default.
     *
     * @throws dev.latchkey.core.error.CacheException if a write would fail: {@code cache_quota_exceeded}, {@code
     *     cache_unavailable}, {@code cache_key_unavailable}
     */
    default void requireWritable() {}

    /** Deletes a partition if it still has the version that was read; false if the race was lost. */
    boolean delete(PartitionKey key, long expectedVersion);

    /**
     * The keys of what is stored: a view or a copy, which changes made meanwhile may or may not show. Not for the way of
     * a silent call.
     */
    Set<PartitionKey> list();

    /**
     * Calls the listener after each change, also one by another process where the store can learn of it, with the key
     * of what was written, deleted or evicted. Best effort: notices may come late, twice, together, or for one's own
     * writes; a reader never depends on them to see what is stored. The listener runs on the writing thread or on the
     * store's own, must be quick and must not call the store; what it throws is logged and dropped.
     */
    Registration onChange(Consumer<PartitionKey> listener);
}
