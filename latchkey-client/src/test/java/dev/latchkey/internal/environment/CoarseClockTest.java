package dev.latchkey.internal.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** How old the time may be, and for whom. The test drives the ticking thread from pause to pause. */
class CoarseClockTest {
    private final AtomicLong time = new AtomicLong(1_000_000);
    private final AtomicLong reads = new AtomicLong();
    private final Queue<Runnable> started = new ArrayDeque<>();
    private final Queue<Runnable> pauses = new ArrayDeque<>();
    private final CoarseClock clock = new CoarseClock(
            () -> {
                reads.incrementAndGet();
                return Instant.ofEpochMilli(time.get());
            },
            started::add,
            () -> pauses.remove().run());

    @Test
    void millis_askedForSeldom_isExact() {
        for (int i = 0; i < 10 * CoarseClock.MANY; i++) {
            assertThat(clock.millis()).isEqualTo(time.getAndIncrement());
        }
        assertThat(started).isEmpty();
    }

    @Test
    void millis_askedForOften_isReadOnceATickForAll() {
        askOften();
        reads.set(0);
        pauses.add(() -> {
            askOften();
            time.addAndGet(100);
            assertThat(clock.millis()).as("a tick old").isEqualTo(time.get() - 100);
        });
        pauses.add(() -> {
            assertThat(clock.millis()).as("of the next tick").isEqualTo(time.get());
            assertThat(reads).hasValue(2);
        });
        pauses.add(() -> {});

        started.remove().run();

        assertThat(pauses).isEmpty();
        assertThat(started).isEmpty();
    }

    @Test
    void millis_nobodyAskedForATick_isExactAgain() {
        askOften();
        pauses.add(() -> {});

        started.remove().run();

        time.addAndGet(3_600_000);
        assertThat(clock.millis()).isEqualTo(time.get());
    }

    @Test
    void millis_tickingThreadDies_isExactAgain() {
        askOften();
        pauses.add(() -> {
            throw new IllegalStateException("dies");
        });
        assertThatThrownBy(started.remove()::run).hasMessage("dies");

        time.addAndGet(3_600_000);
        assertThat(clock.millis()).isEqualTo(time.get());
    }

    @Test
    void instant_whileTicking_isExact() {
        askOften();
        pauses.add(() -> {
            time.addAndGet(50);
            assertThat(clock.instant()).isEqualTo(Instant.ofEpochMilli(time.get()));
        });

        started.remove().run();
    }

    private void askOften() {
        for (int i = 0; i <= CoarseClock.MANY; i++) {
            clock.millis();
        }
    }
}
