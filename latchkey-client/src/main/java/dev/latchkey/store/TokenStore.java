package dev.latchkey.store;

import dev.latchkey.core.account.PartitionKey;
import dev.latchkey.core.cache.Partition;
import dev.latchkey.core.error.CacheException;
import dev.latchkey.core.error.ErrorCodes;
import java.time.Duration;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
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
 * decides anew, as {@link #update} does; the store never merges.
 *
 * <p><b>Leases.</b> Whoever redeems a refresh token holds the lease of its partition meanwhile. A lease ends when it is
 * closed, when its holder's process dies, or when the store takes it away after its life; the fencing number makes sure
 * that a holder who lost it can no longer write. A store never waits for a lease: the engine does.
 *
 * <p><b>Time to live.</b> What is of no use after {@link Partition#usableUntil} may be dropped from then on.
 *
 * <p><b>Threads.</b> All methods may be called by any number of threads. {@link #peek} and {@link #capabilities} return at
 * once; all others may block while they do I/O, and the engine never calls them on a caller's thread.
 *
 * <p><b>Failure.</b> A {@link CacheException} means that the store could not do its work, never that something is absent;
 * the code says what to do. After a failed write it is not known whether it took place: read again. A store never
 * presents itself as empty because it cannot be read.
 */
public interface TokenStore extends AutoCloseable {
    /**
     * What is stored for a key as far as this process's memory knows: no I/O, and no wait for a thread that does some.
     * Null if memory does not know; {@link StoredPartition#ABSENT} only if nothing is stored. May lag behind what other
     * handles wrote, by no more than {@link StoreCapabilities#staleness()}; never behind this handle's own writes.
     */
    @Nullable
    StoredPartition peek(PartitionKey key);

    /**
     * What is stored for a key now; {@link StoredPartition#ABSENT} if nothing is. Sees every write that returned before
     * it began, through whichever handle. Costs the same however many partitions there are.
     */
    StoredPartition read(PartitionKey key);

    /** {@link #peek}, or where memory does not know {@link #read}; may be as stale as a peek. */
    default StoredPartition recent(PartitionKey key) {
        StoredPartition known = peek(key);
        return known == null ? read(key) : known;
    }

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
     * Changes a partition: reads, applies the change and writes, again and again until nobody came between.
     *
     * @param lease the lease held, or null
     * @param change what to make of what is stored, an empty partition if nothing is; may run several times
     * @return the partition as it is stored now
     * @throws CacheException {@code cache_lease_lost} if the lease is no longer held, or others write without pause
     */
    default Partition update(PartitionKey key, @Nullable Lease lease, UnaryOperator<Partition> change) {
        // Of n writers at once each loses fewer than n races in a row.
        int mostRaces = 100;
        for (int race = 0; race < mostRaces; race++) {
            StoredPartition stored = read(key);
            Partition next = change.apply(stored.partition());
            if (next.equals(stored.partition()) || write(key, stored.version(), next, lease)) {
                return next;
            }
            if (lease != null && !lease.isHeld()) {
                break;
            }
        }
        throw new CacheException(
                ErrorCodes.CACHE_LEASE_LOST,
                "somebody else took over the lease of what is stored, or writes to it without pause; call again");
    }

    /** Deletes a partition if it still has the version that was read; false if the race was lost. */
    default boolean delete(PartitionKey key, long expectedVersion) {
        return write(key, expectedVersion, Partition.EMPTY, null);
    }

    /**
     * Takes the lease of a key if it is free. Never waits, not reentrant. Needed for the time of a refresh only: reading
     * and writing go on without it.
     *
     * @param life how long it may keep others out at most; a store that notices the death of a holder need not take it
     *     away from one that lives
     * @return null while somebody else holds it
     */
    @Nullable
    Lease tryLease(PartitionKey key, Duration life);

    /**
     * Makes sure, as far as a store can, that something could be written just now: asked before a person is sent to sign
     * in, whose answer would have no place. Of one account, with its lease: {@link Lease#reserve}. Does nothing by
     * default.
     *
     * @throws CacheException if a write would fail: {@code cache_quota_exceeded}, {@code cache_unavailable}, {@code
     *     cache_key_unavailable}
     */
    default void requireWritable() {}

    /**
     * The keys of all that is stored: a view or a copy, which changes made meanwhile may or may not show. For
     * administration; a program looks for its own with {@link #listUsers}.
     */
    Set<PartitionKey> list();

    /**
     * The keys under which people's partitions rest that a client uses ({@link Partition#isUsedBy}): a copy. A store keeps
     * what it needs to find them without reading every partition each time.
     */
    Set<PartitionKey> listUsers(String clientId);

    /** What the store can promise; always the same. */
    StoreCapabilities capabilities();

    /**
     * Calls the listener after each change, also one by another process where the store can learn of it, with the key
     * of what was written, deleted or evicted. Best effort: notices may come late, twice, together, or for one's own
     * writes; a reader never depends on them to see what is stored. The listener runs on the writing thread or on the
     * store's own, must be quick and must not call the store, except for {@link #peek}; what it throws is logged and
     * dropped.
     */
    Registration onChange(Consumer<PartitionKey> listener);

    /**
     * Releases connections and threads. A store belongs to whoever opened it: applications never close one that was given
     * to them. Does nothing by default.
     */
    @Override
    default void close() {}
}
