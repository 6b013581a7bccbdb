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
 * Stores the partitions of the token cache. An implementation may share its data with other instances, processes or
 * machines; everything below applies across all of them. {@code TokenStoreContract} of the test kit verifies it.
 *
 * <p><b>Atomicity.</b> A partition is read, replaced and deleted as a whole. Each replacement is a compare-and-set on
 * the version that was read.
 *
 * <p><b>Versions.</b> Positive and never used twice for the same key, even after deletion. Version 0 means that nothing
 * is stored.
 *
 * <p><b>Lost races.</b> {@link #write} and {@link #delete} return false and change nothing. The caller reads and
 * decides again, as {@link #update} does; the store never merges.
 *
 * <p><b>Leases.</b> A caller holds the lease of a partition while it redeems the refresh token. A lease ends when it is
 * closed, when its holder's process dies, or when the store revokes it after its lifetime; the fencing number ensures
 * that a holder that lost it can no longer write. A store never waits for a lease; the engine does.
 *
 * <p><b>Time to live.</b> A partition may be dropped after {@link Partition#usableUntil}.
 *
 * <p><b>Threads.</b> All methods are thread-safe. {@link #peek} and {@link #capabilities} return at once; all others
 * may block on I/O, and the engine never calls them on a caller's thread.
 *
 * <p><b>Failure.</b> A {@link CacheException} means that the store failed, never that an entry is absent; the code says
 * what to do. After a failed write it is unknown whether it took place: read again. A store that cannot be read never
 * appears empty.
 */
public interface TokenStore extends AutoCloseable {
    /**
     * What is stored for a key, as known in this process's memory: no I/O, and no waiting for a thread that does I/O.
     * Null if unknown; {@link StoredPartition#ABSENT} only if nothing is stored. May lag behind writes through other
     * handles by at most {@link StoreCapabilities#staleness()}, but never behind this handle's own writes.
     */
    @Nullable
    StoredPartition peek(PartitionKey key);

    /**
     * What is stored for a key now; {@link StoredPartition#ABSENT} if nothing is. Sees every write that returned before
     * the read began, through any handle. The cost does not depend on the number of partitions.
     */
    StoredPartition read(PartitionKey key);

    /** The result of {@link #peek}, or of {@link #read} if that is null; may be as stale as a peek. */
    default StoredPartition recent(PartitionKey key) {
        StoredPartition known = peek(key);
        return known == null ? read(key) : known;
    }

    /**
     * Replaces a partition if it still has the version that was read. Writing an empty partition deletes it.
     *
     * @param expectedVersion the version read before; 0 to store only if nothing is stored
     * @param lease the lease held by the caller, or null if it needs none; the write fails if the lease was lost
     * @return true if it is stored, as durably as the store guarantees; false if the race was lost: the version has
     *     changed, or the lease was closed or is held by another
     * @throws IllegalArgumentException if the lease is for another key
     */
    boolean write(PartitionKey key, long expectedVersion, Partition next, @Nullable Lease lease);

    /**
     * Changes a partition: reads, applies the change and writes, and repeats that until no other write intervened.
     *
     * @param lease the lease held by the caller, or null
     * @param change computes the new partition from the stored one, which is empty if nothing is stored; may run
     *     several times
     * @return the partition as it is stored now
     * @throws CacheException {@code cache_lease_lost} if the lease is no longer held, or if other writes keep
     *     intervening
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
     * Takes the lease of a key if it is free. Never waits; not reentrant. Needed only during a refresh; reads and
     * writes do not require it.
     *
     * @param life how long the lease may exclude others at most; a store that detects the death of a holder need not
     *     revoke the lease of a live one
     * @return the lease, or null while another holder has it
     */
    @Nullable
    Lease tryLease(PartitionKey key, Duration life);

    /**
     * Ensures, as far as the store can, that it is currently writable. Called before a user is sent to sign in, because
     * the tokens could not be stored otherwise. For one account under its lease, see {@link Lease#reserve}. Does
     * nothing by default.
     *
     * @throws CacheException if a write would fail: {@code cache_quota_exceeded}, {@code cache_unavailable}, {@code
     *     cache_key_unavailable}
     */
    default void requireWritable() {}

    /**
     * The keys of all partitions: a view or a copy, which may or may not show concurrent changes. For administration;
     * an application finds its own partitions with {@link #listUsers}.
     */
    Set<PartitionKey> list();

    /**
     * The keys of the user partitions that a client uses ({@link Partition#isUsedBy}), as a copy. A store must find
     * them without reading every partition each time.
     */
    Set<PartitionKey> listUsers(String clientId);

    /** What the store guarantees; always the same. */
    StoreCapabilities capabilities();

    /**
     * Calls the listener after each change with the key that was written, deleted or evicted, including changes by
     * other processes if the store can detect them. Best effort: notifications may be late, duplicated, merged or
     * caused by the caller's own writes; readers must not depend on them to see what is stored. The listener runs on
     * the writing thread or on a thread of the store. It must be quick and must not call the store, except {@link
     * #peek}; exceptions it throws are logged and dropped.
     */
    Registration onChange(Consumer<PartitionKey> listener);

    /**
     * Releases connections and threads. A store is closed by its creator: applications never close a store passed to
     * them. Does nothing by default.
     */
    @Override
    default void close() {}
}
