package dev.latchkey.store.file;

import dev.latchkey.core.account.PartitionKey;
import dev.latchkey.core.cache.Partition;
import dev.latchkey.core.error.CacheException;
import dev.latchkey.store.Lease;
import dev.latchkey.store.StoredPartition;
import dev.latchkey.store.encryption.CorruptRecordException;
import dev.latchkey.store.nearcache.NearCache;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads, replaces and leases partitions: files, copies in memory and locks brought together. */
final class Partitions {
    private static final Logger LOG = LoggerFactory.getLogger(Partitions.class);
    private static final long LONGEST_WRITE = Duration.ofSeconds(10).toNanos();

    private final Path directory;
    private final PartitionStorage storage;
    private final LockFile locks;
    private final NearCache near;

    Partitions(Path directory, PartitionStorage storage, LockFile locks, NearCache near) {
        this.directory = directory;
        this.storage = storage;
        this.locks = locks;
        this.near = near;
    }

    /** The copy in memory, if it was compared with the file a short time ago. */
    @Nullable
    StoredPartition peek(PartitionKey key) {
        return near.fresh(key);
    }

    /** The copy in memory is no longer served unseen. */
    void expire(PartitionKey key) {
        near.expire(key);
    }

    boolean write(PartitionKey key, long expectedVersion, Partition next, @Nullable Lease lease) {
        FileLease own = requireOwn(lease, key);
        PartitionFiles files = PartitionFiles.of(directory, key);
        boolean written = false;
        try {
            written = whileWriting(files, () -> replace(files, key, expectedVersion, next, own));
            return written;
        } finally {
            if (!written) {
                near.expire(key);
            }
        }
    }

    @Nullable
    Lease tryLease(PartitionKey key) {
        PartitionFiles files = PartitionFiles.of(directory, key);
        storage.requirePresent();
        LockFile.Held lock = locking(() -> locks.take(files.leasePosition(), 0));
        if (lock == null) {
            return null;
        }
        boolean taken = false;
        try {
            FileLease lease = new FileLease(key, nextFence(files), lock, this);
            taken = true;
            return lease;
        } finally {
            if (!taken) {
                lock.close();
            }
        }
    }

    /** Fails if nothing could be written. */
    void requireWritable() {
        storage.requireWritable();
    }

    /** Takes room for what the holder of the lease is going to write. */
    void reserve(PartitionKey key) {
        storage.reserve(PartitionFiles.of(directory, key));
    }

    /** The holder is about to give back the lease: what was only needed for it goes. */
    void leaseEnds(PartitionKey key, long fence, boolean hasRoom) {
        PartitionFiles files = PartitionFiles.of(directory, key);
        if (hasRoom) {
            storage.giveBack(files.room());
        }
        if (!storage.holdsData(files)) {
            forgetNumbers(files, numbers -> numbers.fence() == fence);
        }
    }

    List<PartitionFiles> list() {
        return storage.list();
    }

    /** Forgets the numbers of partitions that are gone, where a crash left them. */
    void sweepNumbers() {
        for (PartitionFiles files : storage.listNumbered()) {
            if (!storage.holdsData(files)) {
                ifNobodyHoldsTheLease(files, () -> forgetNumbers(files, numbers -> true));
            }
        }
    }

    /** Whose partition it is; null if it is gone. */
    @Nullable
    PartitionKey keyOf(PartitionFiles files) {
        return reading(files, () -> Optional.ofNullable(storage.keyOf(files))).orElse(null);
    }

    /** What the file holds now; the copy in memory is used if it is still the same. */
    StoredPartition read(PartitionKey key) {
        return load(key, near::load);
    }

    /** As {@link #peek}, or where memory does not know {@link #read}. */
    StoredPartition recent(PartitionKey key) {
        StoredPartition known = near.fresh(key);
        return known == null ? load(key, near::loadUnlessFresh) : known;
    }

    private interface Load {
        StoredPartition load(PartitionKey key, NearCache.Loader loader) throws CorruptRecordException;
    }

    private StoredPartition load(PartitionKey key, Load load) {
        PartitionFiles files = PartitionFiles.of(directory, key);
        StoredPartition loaded = reading(files, () -> load.load(key, copy -> storage.load(files, key, copy)));
        if (loaded.isAbsent()) {
            storage.sayIfDamaged(files);
        }
        return loaded;
    }

    /** Runs under the write lock: what is compared is still so when it is replaced. */
    private boolean replace(
            PartitionFiles files, PartitionKey key, long expectedVersion, Partition next, @Nullable FileLease lease) {
        Numbers numbers = storage.numbers(files);
        if (lease != null && !lease.isHeldBy(numbers.fence())) {
            return false;
        }
        long version = readOrSetAside(files, () -> storage.version(files));
        if (version != expectedVersion) {
            return false;
        }
        if (next.isEmpty()) {
            remove(files, numbers, version);
            near.written(key, null);
            return true;
        }
        Numbers given = numbers.withNextVersion(version);
        storage.write(files, given, false);
        boolean hasRoom = lease != null && lease.takeRoom();
        near.written(key, storage.write(files, key, StoredPartition.of(given.version(), next), hasRoom));
        return true;
    }

    /** The last version has to last longer than the file that carries it. */
    private void remove(PartitionFiles files, Numbers numbers, long version) {
        if (version == 0) {
            return;
        }
        Numbers last = numbers.withVersionAtLeast(version);
        if (!ifNobodyHoldsTheLease(files, () -> retireOrKeep(files, last))) {
            storage.write(files, last, true);
        }
        storage.delete(files);
    }

    /** On a full disk there may be no room to note what is gone; its own file has that room. */
    private void retireOrKeep(PartitionFiles files, Numbers last) {
        try {
            retire(files, last);
        } catch (CacheException e) {
            storage.write(files, last, true);
        }
    }

    /** Under the write lock; whoever holds the lease needs the fencing number to stay, and tidies up himself. */
    private boolean ifNobodyHoldsTheLease(PartitionFiles files, Runnable work) {
        LockFile.Held lease = locking(() -> locks.take(files.leasePosition(), 0));
        if (lease == null) {
            return false;
        }
        try {
            work.run();
            return true;
        } finally {
            lease.close();
        }
    }

    /** Under the write lock and the lease: the numbers are noted before their file goes. */
    private void retire(PartitionFiles files, Numbers last) {
        LockFile.Held lock = locking(() -> locks.takeForGone(LONGEST_WRITE));
        if (lock == null) {
            throw hangs();
        }
        try {
            storage.retire(files, last);
        } finally {
            lock.close();
        }
    }

    /** Forgets the numbers of a partition that is gone; if that fails, they stay until the next time. */
    private void forgetNumbers(PartitionFiles files, Predicate<Numbers> condition) {
        try {
            whileWriting(files, () -> {
                Numbers last = storage.numbers(files);
                // Where the file system forgot a lock, somebody else may hold a later lease.
                if (!storage.holdsData(files) && condition.test(last)) {
                    retire(files, last);
                }
                return true;
            });
        } catch (CacheException e) {
            LOG.debug("the numbers of a partition that is gone stay: {}", e.errorCode());
        }
    }

    private long nextFence(PartitionFiles files) {
        return whileWriting(files, () -> {
            Numbers next = storage.numbers(files).withNextFence();
            storage.write(files, next, false);
            return next.fence();
        });
    }

    /** The lock is held for some milliseconds only; so an interrupt does not end the wait for it. */
    private <T> T whileWriting(PartitionFiles files, Supplier<T> work) {
        storage.requirePresent();
        LockFile.Held lock = locking(() -> locks.take(files.writePosition(), LONGEST_WRITE));
        if (lock == null) {
            throw hangs();
        }
        try {
            return work.get();
        } finally {
            lock.close();
        }
    }

    private interface Locking {
        LockFile.@Nullable Held take() throws IOException;
    }

    private LockFile.@Nullable Held locking(Locking locking) {
        try {
            return locking.take();
        } catch (IOException e) {
            throw Failures.locking(directory, e);
        }
    }

    private CacheException hangs() {
        return Failures.unavailable(directory, "written: another process hangs while it writes there", null);
    }

    /** A damaged file is looked at once more under the write lock: somebody may have replaced it meanwhile. */
    private <T> T reading(PartitionFiles files, Reading<T> reading) {
        try {
            return reading.run();
        } catch (CorruptRecordException e) {
            return whileWriting(files, () -> readOrSetAside(files, reading));
        }
    }

    private <T> T readOrSetAside(PartitionFiles files, Reading<T> reading) {
        try {
            return reading.run();
        } catch (CorruptRecordException e) {
            storage.setAside(files);
            throw Failures.corrupt(files, e);
        }
    }

    private interface Reading<T> {
        T run() throws CorruptRecordException;
    }

    private static @Nullable FileLease requireOwn(@Nullable Lease lease, PartitionKey key) {
        if (lease == null) {
            return null;
        }
        if (!(lease instanceof FileLease own) || !lease.key().equals(key)) {
            throw new IllegalArgumentException("the lease is for another partition or store");
        }
        return own;
    }
}
