package dev.latchkey.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.Scheduler;
import dev.latchkey.authority.VirtualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

final class ManualSchedulerTest {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final VirtualClock clock = VirtualClock.at(Instant.parse("2026-01-01T00:00:00Z"));
    private final ManualScheduler scheduler = ManualScheduler.on(clock);

    @Test
    void advance_onceATaskIsSeenToWait_hasRunItOnReturn() throws Exception {
        ExecutorService application = Executors.newSingleThreadExecutor();
        try {
            for (int round = 0; round < 2_000; round++) {
                AtomicInteger runs = new AtomicInteger();
                Future<?> scheduled =
                        application.submit(() -> scheduler.schedule(runs::incrementAndGet, Duration.ofSeconds(7)));

                scheduler.awaitWaiting(1, PATIENCE);
                clock.advance(Duration.ofSeconds(7));

                assertThat(runs).as("round %d", round).hasValue(1);
                assertThat(scheduler.waiting()).isZero();
                scheduled.get();
            }
        } finally {
            application.shutdownNow();
        }
    }

    @Test
    void tasks_runInTheOrderOfTheirTimes() {
        List<String> order = new ArrayList<>();
        scheduler.schedule(() -> order.add("second"), Duration.ofSeconds(2));
        scheduler.schedule(() -> order.add("first"), Duration.ofSeconds(1));

        clock.advance(Duration.ofSeconds(3));

        assertThat(order).containsExactly("first", "second");
    }

    @Test
    void task_withoutDelay_runsAtOnceAndDoesNotWait() {
        AtomicInteger runs = new AtomicInteger();

        scheduler.schedule(runs::incrementAndGet, Duration.ZERO);

        assertThat(runs).hasValue(1);
        assertThat(scheduler.waiting()).isZero();
    }

    @Test
    void task_cancelledOrForgotten_neverRuns() {
        AtomicInteger runs = new AtomicInteger();
        Scheduler.Cancellable cancelled = scheduler.schedule(runs::incrementAndGet, Duration.ofSeconds(1));
        scheduler.schedule(runs::incrementAndGet, Duration.ofSeconds(1));

        cancelled.cancel();
        scheduler.forgetAll();
        clock.advance(Duration.ofSeconds(1));

        assertThat(runs).hasValue(0);
        assertThat(scheduler.waiting()).isZero();
    }
}
