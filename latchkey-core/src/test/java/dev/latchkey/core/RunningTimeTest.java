package dev.latchkey.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class RunningTimeTest {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    /** Close to the end of the numbers, where {@link System#nanoTime()} may be. */
    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - SECOND);

    private final RunningTime tenSeconds = RunningTime.of(10 * SECOND, nanos::get);

    @Test
    void time_lookedAtEachSecond_passes() {
        for (int second = 1; second < 10; second++) {
            assertThat(tenSeconds.nextLook()).isEqualTo(SECOND);
            nanos.addAndGet(SECOND);
            assertThat(tenSeconds.isOver()).as("after %s s", second).isFalse();
        }
        nanos.addAndGet(SECOND);
        assertThat(tenSeconds.isOver()).isTrue();
        assertThat(tenSeconds.nextLook()).isZero();
    }

    @Test
    void time_inWhichNothingRan_countsTwoSeconds() {
        nanos.addAndGet(1_000 * SECOND);
        assertThat(tenSeconds.isOver()).isFalse();

        nanos.addAndGet(1_000 * SECOND);
        assertThat(tenSeconds.isOver()).isFalse();

        for (int step = 0; step < 3; step++) {
            nanos.addAndGet(2 * SECOND);
        }
        assertThat(tenSeconds.nextLook()).isEqualTo(SECOND);
    }

    @Test
    void shortTime_inWhichNothingRan_isNotOverEither() {
        RunningTime time = RunningTime.of(SECOND, nanos::get);
        nanos.addAndGet(1_000 * SECOND);
        assertThat(time.isOver()).isFalse();
    }

    @Test
    void nextLook_lessIsLeft_isThat() {
        RunningTime second = RunningTime.of(SECOND, nanos::get);
        for (int step = 0; step < 7; step++) {
            nanos.addAndGet(SECOND / 8);
            assertThat(second.nextLook()).isEqualTo(SECOND / 8);
        }
        nanos.addAndGet(SECOND / 16);
        assertThat(second.nextLook()).isEqualTo(SECOND / 16);
        assertThat(RunningTime.of(0, nanos::get).isOver()).isTrue();
        assertThat(RunningTime.of(-1, nanos::get).nextLook()).isZero();
    }
}
