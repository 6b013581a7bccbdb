package dev.latchkey.internal.tokens;

import dev.latchkey.core.PrintableFailure;
import dev.latchkey.core.account.PartitionKey;
import dev.latchkey.core.cache.Partition;
import dev.latchkey.core.error.AuthException;
import dev.latchkey.core.error.CacheException;
import dev.latchkey.internal.environment.Settings;
import dev.latchkey.store.ForwardingTokenStore;
import dev.latchkey.store.Lease;
import dev.latchkey.store.StoredPartition;
import dev.latchkey.store.TokenStore;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The store as the engine sees it. What an authority answered and the store did not take (a full disk, a directory that
 * was moved) is kept here: served to whoever reads, and written again and again until the store takes it. Its account's
 * lease stays taken meanwhile, so that nobody who shares the store redeems a refresh token that is spent. What is left
 * when the process ends is lost, which is then said.
 */
public final class UnsavedAnswers extends ForwardingTokenStore {
    private static final Logger LOG = LoggerFactory.getLogger(UnsavedAnswers.class);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
    private static final int MOST = 1_000;

    private final TokenStore store;
    private final Settings.Environment environment;
    private final ConcurrentHashMap<PartitionKey, Unsaved> unsaved = new ConcurrentHashMap<>();
    private final LastWords lastWords;
    private volatile Consumer<PartitionKey> leaseReturned = key -> {};

    public UnsavedAnswers(Settings.Environment environment) {
        this(environment, LastWords::new);
    }

    UnsavedAnswers(Settings.Environment environment, Function<Runnable, LastWords> lastWords) {
        super(environment.store());
        this.store = environment.store();
        this.environment = environment;
        this.lastWords = lastWords.apply(this::writeAllOrSay);
    }

    /**
     * Takes charge of a change that the store did not take.
     *
     * @param lease the lease it was made under, which is not given back before it is written; null if there is none
     * @param known what the store held when it was read last
     * @param change what the answer changes
     * @param why how the store failed
     * @return the partition as it is served from now on
     * @throws CacheException the failure, if too much is kept already
     */
    Partition keep(
            PartitionKey key,
            @Nullable Lease lease,
            Partition known,
            UnaryOperator<Partition> change,
            CacheException why) {
        Unsaved kept = unsaved.compute(key, (unused, before) -> {
            if (before != null) {
                return before.then(change, why);
            }
            if (unsaved.size() >= MOST) {
                throw why;
            }
            return new Unsaved(keptBy(lease), change, StoredPartition.of(1, change.apply(known)), why, 0);
        });
        lastWords.arrange();
        LOG.warn(
                "The token store did not take what the authority answered ({}); it is kept in memory and written as soon"
                        + " as the store takes it",
                why.errorCode());
        writeLater(key, FIRST_PAUSE);
        return kept.served.partition();
    }

    private static @Nullable Lease unwrapped(@Nullable Lease lease) {
        return lease instanceof HeldLease held ? held.lease : lease;
    }

    private static @Nullable Lease keptBy(@Nullable Lease lease) {
        return lease instanceof HeldLease held ? held.keep() : lease;
    }

    /** What waits for the store. */
    private record Unsaved(
            @Nullable Lease lease,
            UnaryOperator<Partition> change,
            StoredPartition served,
            CacheException why,
            int failures) {
        Unsaved then(UnaryOperator<Partition> more, CacheException reason) {
            return new Unsaved(
                    lease,
                    before -> more.apply(change.apply(before)),
                    StoredPartition.of(served.version() + 1, more.apply(served.partition())),
                    reason,
                    failures);
        }

        Unsaved failedAgain(CacheException reason) {
            return new Unsaved(lease, change, served, reason, failures + 1);
        }

        Duration pause() {
            Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(failures, 10));
            return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
        }
    }

    private void writeLater(PartitionKey key, Duration pause) {
        try {
            environment.scheduler().schedule(() -> environment.executor().execute(() -> write(key)), pause);
        } catch (RuntimeException e) {
            LOG.debug("the next try to write to the token store waits for the next call");
        }
    }

    /** Tries again to write what is kept for a key. */
    private void write(PartitionKey key) {
        Unsaved tried = unsaved.get(key);
        if (tried == null) {
            return;
        }
        try {
            if (written(key, tried.lease, tried.change)) {
                LOG.info("The token store took what was kept in memory for it");
            }
            done(key, tried);
        } catch (CacheException e) {
            Unsaved again = tried.failedAgain(e);
            if (unsaved.replace(key, tried, again)) {
                writeLater(key, again.pause());
            }
        } catch (AuthException e) {
            LOG.warn("What was kept for the token store is dropped: {}", e.errorCode());
            done(key, tried);
        } catch (RuntimeException e) {
            LOG.warn("The token store failed again", PrintableFailure.of(e));
            writeLater(key, LONGEST_PAUSE);
        }
    }

    /** False if there is nothing left to write: the account signed out. */
    private boolean written(PartitionKey key, @Nullable Lease kept, UnaryOperator<Partition> change) {
        AtomicBoolean changes = new AtomicBoolean();
        store.update(key, kept != null && kept.isHeld() ? kept : null, stored -> {
            Partition next = change.apply(stored);
            changes.set(!next.equals(stored));
            return next;
        });
        return changes.get();
    }

    private void done(PartitionKey key, Unsaved written) {
        if (!unsaved.remove(key, written)) {
            // More was added meanwhile, under the same lease; it is written with the next try.
            return;
        }
        if (written.lease != null) {
            written.lease.close();
            leaseReturned.accept(key);
        }
        if (unsaved.isEmpty()) {
            lastWords.cancel();
        }
    }

    /** The application is no longer used; the store is its owner's. */
    @Override
    public void close() {
        writeAllOrSay();
        unsaved.forEach(this::done);
    }

    /** The last try; what is lost is said. */
    private void writeAllOrSay() {
        for (PartitionKey key : Set.copyOf(unsaved.keySet())) {
            write(key);
        }
        int lost = unsaved.size();
        if (lost > 0) {
            LOG.error(
                    "{} answers of the authority could not be stored and are lost: their accounts sign in again", lost);
        }
    }

    /** Calls back with each key whose lease was given back through this object. */
    void onLeaseReturned(Consumer<PartitionKey> listener) {
        leaseReturned = listener;
    }

    @Override
    public @Nullable StoredPartition peek(PartitionKey key) {
        StoredPartition kept = kept(key);
        return kept == null ? store.peek(key) : kept;
    }

    @Override
    public StoredPartition read(PartitionKey key) {
        StoredPartition kept = kept(key);
        return kept == null ? store.read(key) : kept;
    }

    @Override
    public StoredPartition recent(PartitionKey key) {
        StoredPartition kept = kept(key);
        return kept == null ? store.recent(key) : kept;
    }

    private @Nullable StoredPartition kept(PartitionKey key) {
        Unsaved kept = unsaved.isEmpty() ? null : unsaved.get(key);
        return kept == null ? null : kept.served;
    }

    @Override
    public boolean write(PartitionKey key, long expectedVersion, Partition next, @Nullable Lease lease) {
        Unsaved kept = unsaved.get(key);
        if (kept == null) {
            return store.write(key, expectedVersion, next, unwrapped(lease));
        }
        if (kept.served.version() != expectedVersion) {
            return false;
        }
        written(key, kept.lease, before -> next);
        done(key, kept);
        return true;
    }

    /** Nobody renews what is not even stored: first the store has to take that. */
    @Override
    public @Nullable Lease tryLease(PartitionKey key, Duration life) {
        if (unsaved.containsKey(key)) {
            write(key);
            Unsaved still = unsaved.get(key);
            if (still != null) {
                throw new CacheException(still.why.details());
            }
        }
        Lease lease = store.tryLease(key, life);
        return lease == null ? null : new HeldLease(lease);
    }

    @Override
    public Set<PartitionKey> list() {
        return withUnsaved(store.list(), partition -> true);
    }

    @Override
    public Set<PartitionKey> listUsers(String clientId) {
        return withUnsaved(store.listUsers(clientId), partition -> partition.isUsedBy(clientId));
    }

    private Set<PartitionKey> withUnsaved(Set<PartitionKey> stored, Predicate<Partition> wanted) {
        if (unsaved.isEmpty()) {
            return stored;
        }
        Set<PartitionKey> all = new HashSet<>(stored);
        unsaved.forEach((key, kept) -> {
            if (wanted.test(kept.served.partition())) {
                all.add(key);
            }
        });
        return all;
    }

    /** A lease that stays taken after its holder gave it back, if what it was for is kept. */
    private final class HeldLease implements Lease {
        private final Lease lease;
        private volatile boolean isKept;

        HeldLease(Lease lease) {
            this.lease = lease;
        }

        Lease keep() {
            isKept = true;
            return lease;
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
        public void reserve() {
            lease.reserve();
        }

        @Override
        public void close() {
            if (!isKept) {
                lease.close();
                leaseReturned.accept(lease.key());
            }
        }
    }
}
