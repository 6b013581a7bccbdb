package dev.latchkey.internal.tokens;

import static dev.latchkey.internal.tokens.StoreBench.KEY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.core.error.CacheException;
import dev.latchkey.core.error.ErrorCodes;
import dev.latchkey.store.Lease;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.Condition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Waiting for leases, with time that passes as the test says. */
@Timeout(60)
class LeasesTest {
    private static final Duration LIFE = Duration.ofMinutes(2);
    private static final Duration WAIT = Duration.ofSeconds(30);
    private static final long MILLI = 1_000_000;

    private final StoreBench bench = new StoreBench();
    private final ManualWaiting waiting = new ManualWaiting();
    private final Leases leases = new Leases(bench.unsaved, LIFE, bench.environment.entropy(), waiting);

    @Test
    void take_free_isNotWaitedFor() {
        leases.take(KEY, WAIT).close();

        assertThat(waiting.pauses).isEmpty();
        assertThat(bench.leasesHeld).isZero();
    }

    @Test
    void take_heldElsewhere_isAskedForInPausesThatGrowAndDifferEachTime() {
        Lease elsewhere = heldElsewhere();
        waiting.meanwhile = () -> {
            if (waiting.pauses.size() == 40) {
                elsewhere.close();
            }
        };

        leases.take(KEY, WAIT).close();

        assertThat(waiting.pauses).hasSize(40);
        long longest = MILLI;
        for (long pause : waiting.pauses) {
            assertThat(pause).isBetween(longest / 2, longest);
            longest = Math.min(2 * longest, 200 * MILLI);
        }
        assertThat(waiting.pauses.subList(20, 40)).doesNotHaveDuplicates();
    }

    @Test
    void take_neverFree_failsWhenTheTimeIsOver() {
        heldElsewhere();

        fails(ErrorCodes.CACHE_LEASE_TIMEOUT, () -> leases.take(KEY, WAIT));

        assertThat(waiting.now).isBetween(WAIT.toNanos(), WAIT.toNanos() + 200 * MILLI);
        assertThat(leases.places()).isZero();
    }

    @Test
    void take_noTimeToWait_asksAndFailsAtOnce() {
        heldElsewhere();

        fails(ErrorCodes.CACHE_LEASE_TIMEOUT, () -> leases.take(KEY, Duration.ZERO));

        assertThat(waiting.pauses).isEmpty();
    }

    /** Stopped with its holder, which may have its answer waiting. */
    @Test
    void take_processWasStopped_thatTimeDoesNotCount() {
        Lease elsewhere = heldElsewhere();
        waiting.meanwhile = () -> {
            if (waiting.pauses.size() == 3) {
                waiting.now += Duration.ofHours(8).toNanos();
            } else if (waiting.pauses.size() == 6) {
                elsewhere.close();
            }
        };

        leases.take(KEY, WAIT).close();

        assertThat(waiting.pauses).hasSize(6);
    }

    @Test
    void take_holderDidWhatIsWaitedFor_isTakenOverWithoutALease() {
        heldElsewhere();
        AtomicInteger asked = new AtomicInteger();

        Leases.Turn<String> turn = leases.take(KEY, WAIT, () -> asked.incrementAndGet() == 3 ? "done" : null);

        assertThat(turn.done()).isEqualTo("done");
        assertThat(turn.lease()).isNull();
        assertThat(bench.leasesHeld).isZero();
        assertThat(leases.places()).isZero();
    }

    @Test
    void take_whatIsWaitedForCannotBeRead_saysSoAndWaitsNoLonger() {
        heldElsewhere();

        assertThatThrownBy(() -> leases.take(KEY, WAIT, () -> {
                    throw StoreBench.full();
                }))
                .isInstanceOf(CacheException.class);

        assertThat(leases.places()).isZero();
    }

    @Test
    void take_givenBackInThisProcess_wakesTheNextWithoutTheEndOfThePause() throws Exception {
        Lease held = leases.take(KEY, WAIT);
        CompletableFuture<Void> asleep = new CompletableFuture<>();
        waiting.sleepsUntilWoken = true;
        waiting.meanwhile = () -> asleep.complete(null);
        CompletableFuture<Lease> next = new CompletableFuture<>();
        Thread waiter = new Thread(() -> next.complete(leases.take(KEY, WAIT)));
        waiter.start();
        asleep.get(30, TimeUnit.SECONDS);

        held.close();

        next.get(30, TimeUnit.SECONDS).close();
        waiter.join();
    }

    /** Who takes over what the holder did gives back no lease, and so wakes nobody. */
    @Test
    void take_severalWaitForWhatTheHolderDoes_allAreWoken() throws Exception {
        Lease held = leases.take(KEY, WAIT);
        CountDownLatch asleep = new CountDownLatch(3);
        AtomicBoolean isDone = new AtomicBoolean();
        waiting.sleepsUntilWoken = true;
        waiting.meanwhile = asleep::countDown;
        List<CompletableFuture<String>> waiters = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            CompletableFuture<String> waiter = new CompletableFuture<>();
            waiters.add(waiter);
            new Thread(() -> waiter.complete(leases.take(KEY, WAIT, () -> isDone.get() ? "done" : null)
                            .done()))
                    .start();
        }
        assertThat(asleep.await(30, TimeUnit.SECONDS)).isTrue();

        isDone.set(true);
        held.close();

        for (CompletableFuture<String> waiter : waiters) {
            assertThat(waiter.get(30, TimeUnit.SECONDS)).isEqualTo("done");
        }
    }

    /** Between being told that it is taken and going to sleep. */
    @Test
    void take_givenBackBeforeThePause_doesNotPause() {
        Lease held = leases.take(KEY, WAIT);
        AtomicInteger busy = new AtomicInteger();
        bench.whenBusy = () -> {
            if (busy.incrementAndGet() == 2) {
                held.close();
            }
        };

        leases.take(KEY, WAIT).close();

        assertThat(waiting.pauses).isEmpty();
    }

    @Test
    void take_interrupted_failsAndStaysInterrupted() {
        heldElsewhere();
        Thread.currentThread().interrupt();

        fails(ErrorCodes.INTERRUPTED, () -> leases.take(KEY, WAIT));

        assertThat(Thread.interrupted()).isTrue();
        assertThat(leases.places()).isZero();
    }

    private Lease heldElsewhere() {
        return Objects.requireNonNull(bench.inner.tryLease(KEY, LIFE));
    }

    private static void fails(String code, Runnable call) {
        assertThatThrownBy(call::run).isInstanceOfSatisfying(CacheException.class, e -> assertThat(e.errorCode())
                .isEqualTo(code));
    }

    private static final class ManualWaiting implements Leases.Waiting {
        final List<Long> pauses = Collections.synchronizedList(new ArrayList<>());
        long now;
        boolean sleepsUntilWoken;
        Runnable meanwhile = () -> {};

        @Override
        public long nanoTime() {
            return now;
        }

        @Override
        @SuppressWarnings("WaitNotInLoop") // a wake-up for no reason does no harm here
        public void pause(Condition woken, long nanos) throws InterruptedException {
            pauses.add(nanos);
            now += nanos;
            meanwhile.run();
            if (sleepsUntilWoken) {
                woken.await();
            }
        }
    }
}
