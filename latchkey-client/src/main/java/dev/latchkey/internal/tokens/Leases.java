package dev.latchkey.internal.tokens;

import dev.latchkey.core.RunningTime;
import dev.latchkey.core.account.PartitionKey;
import dev.latchkey.core.error.CacheException;
import dev.latchkey.core.error.ErrorCodes;
import dev.latchkey.internal.environment.Entropy;
import dev.latchkey.store.Lease;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Waits for the leases of the store, which itself never waits. Whoever waits asks again after a pause that grows, so that
 * a holder elsewhere is noticed soon and a slow one is not asked for often; a lease given back in this process wakes
 * those who wait for it at once. In each pause what is waited for may turn out to have been done by the holder: then it is taken over
 * without a lease.
 */
public final class Leases {
    private static final long FIRST_PAUSE = Duration.ofMillis(1).toNanos();
    private static final long LONGEST_PAUSE = Duration.ofMillis(200).toNanos();

    private final UnsavedAnswers store;
    private final Duration life;
    private final Entropy entropy;
    private final Waiting waiting;
    private final ConcurrentHashMap<PartitionKey, Place> places = new ConcurrentHashMap<>();

    /**
     * Waits for leases of a store.
     *
     * @param life how long the store lets a holder keep a lease, at most
     */
    public Leases(UnsavedAnswers store, Duration life, Entropy entropy) {
        this(store, life, entropy, Waiting.REAL);
    }

    Leases(UnsavedAnswers store, Duration life, Entropy entropy, Waiting waiting) {
        this.store = store;
        this.life = life;
        this.entropy = entropy;
        this.waiting = waiting;
        store.onLeaseReturned(this::wake);
    }

    /** Time that passes and waiting for it: what tests replace. */
    interface Waiting {
        /** The real one. */
        Waiting REAL = new Waiting() {
            @Override
            public long nanoTime() {
                return System.nanoTime();
            }

            @Override
            @SuppressWarnings("WaitNotInLoop") // it is in one, which asks the store again
            public void pause(Condition woken, long nanos) throws InterruptedException {
                long unused = woken.awaitNanos(nanos);
            }
        };

        /** As {@link System#nanoTime()}. */
        long nanoTime();

        /** Waits so long, or until woken; the condition's lock is held. */
        void pause(Condition woken, long nanos) throws InterruptedException;
    }

    /**
     * The end of a wait: one of the two.
     *
     * @param lease the lease
     * @param done what the holder has done meanwhile
     * @param <T> what is waited for
     */
    public record Turn<T>(@Nullable Lease lease, @Nullable T done) {}

    /**
     * Takes a lease.
     *
     * @param wait how long to wait at most; only time in which this process runs counts
     * @throws CacheException {@code cache_lease_timeout} if it was not free in time, {@code interrupted}
     */
    public Lease take(PartitionKey key, Duration wait) {
        Turn<Void> turn = take(key, wait, () -> null);
        Lease lease = turn.lease();
        if (lease == null) {
            throw new IllegalStateException("nothing was waited for but the lease");
        }
        return lease;
    }

    /**
     * Takes a lease, or what its holder has done.
     *
     * @param done asked after each pause: what the lease would be used for, if it is done; null if not
     * @throws CacheException as {@link #take(PartitionKey, Duration)}
     */
    public <T> Turn<T> take(PartitionKey key, Duration wait, Supplier<@Nullable T> done) {
        Lease free = store.tryLease(key, life);
        if (free != null) {
            return new Turn<>(free, null);
        }
        Place place = enter(key);
        try {
            return waitFor(place, key, RunningTime.of(wait.toNanos(), waiting::nanoTime), done);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CacheException(ErrorCodes.INTERRUPTED, "interrupted while waiting for the lease of an account");
        } finally {
            leave(key);
        }
    }

    private <T> Turn<T> waitFor(Place place, PartitionKey key, RunningTime timeout, Supplier<@Nullable T> done)
            throws InterruptedException {
        for (long pause = FIRST_PAUSE; ; pause = Math.min(2 * pause, LONGEST_PAUSE)) {
            long seen = place.returns.get();
            Lease lease = store.tryLease(key, life);
            if (lease != null) {
                return new Turn<>(lease, null);
            }
            if (timeout.isOver()) {
                throw late();
            }
            // Between half and all of it: programs that began to wait together do not ask together.
            long jittered = (long) (pause * (0.5 + 0.5 * entropy.share()));
            place.await(waiting, seen, Math.min(jittered, timeout.nextLook()));
            T found = done.get();
            if (found != null) {
                return new Turn<>(null, found);
            }
        }
    }

    /** A lease was given back: those of this process who wait for it look whether it is theirs, or no longer needed. */
    private void wake(PartitionKey key) {
        Place place = places.get(key);
        if (place != null) {
            place.wake();
        }
    }

    /** For how many keys somebody waits. */
    int places() {
        return places.size();
    }

    private static CacheException late() {
        return new CacheException(
                ErrorCodes.CACHE_LEASE_TIMEOUT,
                "another call or process renews this account's tokens and did not finish in time; try again, and if it"
                        + " stays so look for a process that hangs");
    }

    private Place enter(PartitionKey key) {
        return places.compute(key, (unused, present) -> {
            Place place = present == null ? new Place() : present;
            place.users++;
            return place;
        });
    }

    private void leave(PartitionKey key) {
        places.computeIfPresent(key, (unused, place) -> --place.users == 0 ? null : place);
    }

    /** Where those of this process wait for one lease. */
    private static final class Place {
        private final ReentrantLock lock = new ReentrantLock();
        private final Condition woken = lock.newCondition();

        /** How often the lease was given back. */
        private final AtomicLong returns = new AtomicLong();

        /** Guarded by the map's bin. */
        private int users;

        /** Waits, unless the lease was given back since {@code seen} was. */
        void await(Waiting waiting, long seen, long nanos) throws InterruptedException {
            lock.lockInterruptibly();
            try {
                if (returns.get() == seen) {
                    waiting.pause(woken, nanos);
                }
            } finally {
                lock.unlock();
            }
        }

        void wake() {
            lock.lock();
            try {
                returns.incrementAndGet();
                woken.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }
}
