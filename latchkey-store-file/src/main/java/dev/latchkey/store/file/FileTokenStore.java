package dev.latchkey.store.file;

import dev.latchkey.core.account.PartitionKey;
import dev.latchkey.core.cache.Partition;
import dev.latchkey.core.error.CacheException;
import dev.latchkey.store.ChangeListeners;
import dev.latchkey.store.Lease;
import dev.latchkey.store.Registration;
import dev.latchkey.store.StoreCapabilities;
import dev.latchkey.store.StoredPartition;
import dev.latchkey.store.TokenStore;
import dev.latchkey.store.encryption.KeySource;
import dev.latchkey.store.encryption.PartitionSealer;
import dev.latchkey.store.nearcache.NearCache;
import java.io.IOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps tokens in a directory: one encrypted file per partition, for any number of processes of one user on one
 * machine.
 *
 * <p>A file is replaced atomically and flushed to disk before {@link #write} returns. A lease is an operating-system
 * lock: it is released at once when its holder dies, and never taken from a live holder.
 *
 * <p>A token is served from memory if the copy there was compared with the file within the last {@link
 * Builder#maximumStaleness}; so another process may not notice a sign-out for that long, unless it listens for changes.
 * A refresh token is never taken from such a copy: {@link #read} always compares.
 *
 * <p>Needs no closing. For guarantees, what an attacker can read, and what to do on each error code, see {@code
 * docs/stores.md}.
 */
public final class FileTokenStore implements TokenStore {
    private static final Logger LOG = LoggerFactory.getLogger(FileTokenStore.class);

    private final PartitionSealer sealer;
    private final Duration staleness;
    private final Partitions partitions;
    private final ChangeListeners listeners = new ChangeListeners();
    private final DirectoryWatch watch;

    /** Whose the files are that were seen: a name never changes its meaning. */
    private final ConcurrentHashMap<String, PartitionKey> known = new ConcurrentHashMap<>();

    private FileTokenStore(Builder from) throws IOException {
        Path directory = StoreDirectory.open(from.directory);
        LockFile locks = new LockFile(directory.resolve("locks"), from.disk, from.pause);
        this.staleness = from.maximumStaleness;
        this.sealer = new PartitionSealer(from.keySource(directory, locks), from.random);
        PartitionStorage storage = new PartitionStorage(directory, from.disk, sealer, from.random);
        NearCache near = new NearCache(from.maximumInMemory, from.maximumStaleness.toNanos(), from.pause::nanoTime);
        this.partitions = new Partitions(directory, storage, locks, near);
        this.watch = new DirectoryWatch(directory, this::changedElsewhere, this::muchChangedElsewhere);
        requireLocks(directory, locks);
    }

    /** A store that cannot be written serves what is stored: only who writes is told. */
    private static void requireLocks(Path directory, LockFile locks) throws IOException {
        try {
            locks.requireUsable();
        } catch (IOException e) {
            if (!Failures.isDenied(directory, e)) {
                throw e;
            }
            LOG.warn(
                    "The token store is opened for reading only: {}",
                    Failures.locking(directory, e).getMessage());
        }
    }

    /**
     * Starts a builder with the defaults.
     *
     * @param directory the directory for the files, used for nothing else; if missing, it is created accessible to the
     *     user only
     */
    public static Builder builder(Path directory) {
        return new Builder(directory);
    }

    /**
     * Preloads the classes that the first read of a store needs: the platform's cryptography on the executor, because
     * it takes longest, the rest on the calling thread. For short-lived programs that fetch one token: given a second
     * processor, cryptography loads while they read their arguments and build their application. No other program needs
     * it, and nothing waits for it.
     *
     * @param executor runs one short task, preferably on a separate thread
     */
    public static void warmUp(Executor executor) {
        PartitionSealer.warmUp(executor);
    }

    @Override
    public @Nullable StoredPartition peek(PartitionKey key) {
        return partitions.peek(key);
    }

    @Override
    public StoredPartition read(PartitionKey key) {
        return partitions.read(key);
    }

    /** Of many callers at once whose copy is too old one compares with the file. */
    @Override
    public StoredPartition recent(PartitionKey key) {
        return partitions.recent(key);
    }

    @Override
    public boolean write(PartitionKey key, long expectedVersion, Partition next, @Nullable Lease lease) {
        boolean written = partitions.write(key, expectedVersion, next, lease);
        if (written) {
            listeners.changed(key);
        }
        return written;
    }

    @Override
    public void requireWritable() {
        partitions.requireWritable();
    }

    /** The operating system releases the lease when its holder dies; it is never taken from a live holder. */
    @Override
    public @Nullable Lease tryLease(PartitionKey key, Duration life) {
        return partitions.tryLease(key);
    }

    @Override
    public StoreCapabilities capabilities() {
        return new StoreCapabilities(staleness, StoreCapabilities.Scope.MACHINE, true);
    }

    /** A copy. A file is decrypted when it is first seen, because its name does not reveal its key. */
    @Override
    public Set<PartitionKey> list() {
        Set<PartitionKey> keysFound = new HashSet<>();
        Set<String> names = new HashSet<>();
        for (PartitionFiles files : partitions.list()) {
            PartitionKey key = keyOf(files);
            names.add(files.name());
            if (key != null) {
                keysFound.add(key);
            }
        }
        known.keySet().retainAll(names);
        return keysFound;
    }

    /** Reads the partitions that have no copy in memory. */
    @Override
    public Set<PartitionKey> listUsers(String clientId) {
        return list().stream()
                .filter(key -> key.kind() == PartitionKey.Kind.USER
                        && recent(key).partition().isUsedBy(clientId))
                .collect(Collectors.toSet());
    }

    @Override
    public Registration onChange(Consumer<PartitionKey> listener) {
        watch.start();
        Registration registration = listeners.add(listener);
        AtomicBoolean closed = new AtomicBoolean();
        return () -> {
            if (closed.compareAndSet(false, true)) {
                registration.close();
                watch.stop();
            }
        };
    }

    /**
     * Creates a new key; each partition is encrypted with it when next written, and stays readable until then.
     *
     * @throws UnsupportedOperationException if the key source does not create keys
     */
    public void rotateKey() {
        sealer.rotateKey();
    }

    /**
     * Drops expired access tokens, and partitions of applications and callers in which nothing can still yield a token;
     * users' accounts are kept. Reads every file: for occasional use in services with many accounts. Concurrent writes
     * are preserved.
     */
    public void sweep(Instant now) {
        partitions.sweepNumbers();
        for (PartitionKey key : list()) {
            StoredPartition stored = read(key);
            Partition rest = stored.partition().isUsable(key.kind(), now)
                    ? stored.partition().withoutExpired(now)
                    : Partition.EMPTY;
            if (!rest.equals(stored.partition())) {
                write(key, stored.version(), rest, null);
            }
        }
    }

    private @Nullable PartitionKey keyOf(PartitionFiles files) {
        PartitionKey present = known.get(files.name());
        if (present != null) {
            return present;
        }
        PartitionKey key = partitions.keyOf(files);
        if (key != null) {
            known.put(files.name(), key);
        }
        return key;
    }

    void changedElsewhere(PartitionFiles files) {
        PartitionKey key = keyOf(files);
        if (key != null) {
            partitions.expire(key);
            listeners.changed(key);
        }
    }

    void muchChangedElsewhere() {
        for (PartitionKey key : Set.copyOf(known.values())) {
            partitions.expire(key);
            listeners.changed(key);
        }
    }

    /** Builds a store. */
    public static final class Builder {
        private final Path directory;
        private int maximumInMemory = 10_000;
        private Duration maximumStaleness = Duration.ofMillis(250);
        private @Nullable KeySource keySource;
        private Keychain.Finder keychain = Keychain.SYSTEM;
        private Disk disk = new Disk();
        private Pause pause = Pause.REAL;
        private final SecureRandom random = new SecureRandom();

        private Builder(Path directory) {
            this.directory = directory;
        }

        /**
         * How long {@link TokenStore#peek} may return the copy in memory after it was last compared with the file.
         * Default 250 milliseconds; zero compares each time.
         *
         * @throws IllegalArgumentException if it is negative, or longer than an hour
         */
        public Builder maximumStaleness(Duration value) {
            if (value.isNegative() || value.compareTo(Duration.ofHours(1)) > 0) {
                throw new IllegalArgumentException("from nothing to an hour: " + value);
            }
            this.maximumStaleness = value;
            return this;
        }

        /** How many decoded partitions to keep in memory at most; zero keeps none. Default 10,000. */
        public Builder maximumInMemory(int value) {
            if (value < 0) {
                throw new IllegalArgumentException("must not be negative: " + value);
            }
            this.maximumInMemory = value;
            return this;
        }

        /** The source of keys. Default: the OS keychain, or a file in the directory if there is no keychain. */
        public Builder keySource(KeySource value) {
            this.keySource = value;
            return this;
        }

        /**
         * Does not use the OS keychain: a new store keeps its key in a file in its directory. For programs that must
         * start fast and whose directory is as safe as a keychain. A store with its key already in the keychain cannot
         * be read this way.
         */
        public Builder withoutKeychain() {
            this.keychain = Keychain.UNWANTED;
            return this;
        }

        Builder keychain(Keychain.Finder value) {
            this.keychain = value;
            return this;
        }

        Builder disk(Disk value) {
            this.disk = value;
            return this;
        }

        Builder pause(Pause value) {
            this.pause = value;
            return this;
        }

        /**
         * Opens the store.
         *
         * <p>An existing directory without write permission is opened for reading: stored tokens are served, and each
         * write fails with {@code cache_unavailable}. A warning is logged.
         *
         * @throws CacheException {@code cache_unavailable} if the directory cannot be created, read or locked, {@code
         *     cache_insecure_permissions} if it is not the user's own, or if another user except root may rename a
         *     directory or link above it
         */
        public FileTokenStore open() {
            try {
                return new FileTokenStore(this);
            } catch (IOException e) {
                throw Failures.locking(directory, e);
            }
        }

        private KeySource keySource(Path opened, LockFile locks) {
            return keySource != null ? keySource : new DirectoryKeys(opened, disk, locks, keychain, random);
        }
    }
}
