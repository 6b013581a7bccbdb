package dev.latchkey.internal.tokens;

import dev.latchkey.Scheduler;
import dev.latchkey.core.Secret;
import dev.latchkey.core.account.PartitionKey;
import dev.latchkey.core.cache.Partition;
import dev.latchkey.core.cache.RefreshTokenEntry;
import dev.latchkey.core.cache.TokenRecord;
import dev.latchkey.core.error.CacheException;
import dev.latchkey.core.error.ErrorCodes;
import dev.latchkey.internal.environment.Entropy;
import dev.latchkey.internal.environment.Settings;
import dev.latchkey.store.ForwardingTokenStore;
import dev.latchkey.store.Lease;
import dev.latchkey.store.MemoryTokenStore;
import dev.latchkey.store.TokenStore;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;

/** A store that fails as a test wants it, and what is scheduled meanwhile. */
final class StoreBench extends ForwardingTokenStore {
    static final PartitionKey KEY = PartitionKey.user("login.example", "ada");

    final TokenStore inner = store();
    final List<Duration> pauses = new ArrayList<>();
    final UnsavedAnswers unsaved;
    final Leases leases;
    final TokenSaver saver;

    /** What a write throws. */
    RuntimeException failure;

    /** Runs before each write, as another writer would who comes between. */
    Runnable before = () -> {};

    /** Runs whenever a lease is asked for that is taken. */
    Runnable whenBusy = () -> {};

    boolean schedulerIsShut;
    int leasesHeld;

    /** Under which the last write was tried. */
    Lease lastLease;

    int writes;

    final Settings.Environment environment;
    private final List<Runnable> scheduled = new ArrayList<>();

    StoreBench() {
        super(MemoryTokenStore.create());
        Scheduler scheduler = (task, delay) -> {
            if (schedulerIsShut) {
                throw new IllegalStateException("shut down");
            }
            pauses.add(delay);
            scheduled.add(task);
            return () -> {};
        };
        environment = new Settings.Environment(
                () -> Instant.EPOCH,
                new Entropy(new Random(1)),
                Runnable::run,
                Runnable::run,
                scheduler,
                (message, timeout) -> {
                    throw new IOException("nobody is asked here");
                },
                this,
                () -> {});
        unsaved = new UnsavedAnswers(environment);
        leases = new Leases(unsaved, Duration.ofMinutes(2), environment.entropy());
        saver = new TokenSaver("client", unsaved, leases, () -> Instant.EPOCH);
    }

    static CacheException full() {
        return new CacheException(ErrorCodes.CACHE_QUOTA_EXCEEDED, "there is no space left");
    }

    /** Others on the same store, whose last words are these threads. */
    UnsavedAnswers unsaved(List<Thread> hooks) {
        return new UnsavedAnswers(environment, words -> new LastWords(words, hooks::add, hooks::remove));
    }

    /** What is scheduled comes due, once. */
    void tryAgain() {
        List<Runnable> due = List.copyOf(scheduled);
        scheduled.clear();
        due.forEach(Runnable::run);
    }

    /** Stores a refresh token, past everything that is tested here. */
    StoreBench holding(String token) {
        put(KEY, with(token).apply(Partition.EMPTY));
        return this;
    }

    void put(PartitionKey key, Partition partition) {
        inner.write(key, inner.read(key).version(), partition, null);
    }

    List<String> stored() {
        return tokens(inner.read(KEY).partition());
    }

    List<String> served() {
        return tokens(unsaved.read(KEY).partition());
    }

    static List<String> tokens(Partition partition) {
        return partition.refreshTokens().stream()
                .map(token -> token.secret().reveal())
                .toList();
    }

    /** A change to the client's refresh token. */
    static UnaryOperator<Partition> with(String token) {
        return with("client", token);
    }

    static UnaryOperator<Partition> with(String clientId, String token) {
        RefreshTokenEntry entry = new RefreshTokenEntry(clientId, null, Secret.of(token), null);
        return partition -> partition.save(new TokenRecord(null, null, null, entry, null), Instant.EPOCH);
    }

    @Override
    public boolean write(PartitionKey key, long expectedVersion, Partition next, Lease lease) {
        writes++;
        lastLease = lease;
        before.run();
        if (failure != null) {
            throw failure;
        }
        return inner.write(key, expectedVersion, next, lease == null ? null : ((Counted) lease).lease);
    }

    @Override
    public Lease tryLease(PartitionKey key, Duration life) {
        Lease lease = inner.tryLease(key, life);
        if (lease == null) {
            whenBusy.run();
            return null;
        }
        leasesHeld++;
        return new Counted(lease);
    }

    private final class Counted implements Lease {
        private final Lease lease;
        private boolean isClosed;

        Counted(Lease lease) {
            this.lease = lease;
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
            if (!isClosed) {
                isClosed = true;
                leasesHeld--;
                lease.close();
            }
        }
    }
}
