package dev.latchkey.internal.calls;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.internal.environment.Entropy;
import dev.latchkey.internal.environment.Settings;
import dev.latchkey.store.MemoryTokenStore;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** When a renewal behind the caller's back is tried, when it is tried again, and how many are remembered. */
class BackgroundRenewalsTest {
    private static final int MOST = 10_000;
    private static final long SMALLEST = 0;
    private static final long GREATEST = -1;

    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private long entropy = GREATEST;
    private final List<CompletableFuture<String>> started = new ArrayList<>();
    private final BackgroundRenewals<Call> renewals = new BackgroundRenewals<>(environment(), call -> {
        CompletableFuture<String> renewal = new CompletableFuture<>();
        started.add(renewal);
        return renewal;
    });

    @Test
    void renewal_underWay_isNotStartedAgain() {
        renewals.start(call(1));
        now = now.plus(Duration.ofDays(1));
        renewals.start(call(1));
        assertThat(started).hasSize(1);

        renewals.start(call(2));
        assertThat(started).as("another call").hasSize(2);
    }

    @Test
    void renewal_done_mayBeStartedAtOnce() {
        renewals.start(call(1));
        started.get(0).complete("renewed");
        renewals.start(call(1));
        assertThat(started).hasSize(2);
    }

    /** Half of the pause is fixed, half is by chance: so processes that failed together do not try together. */
    @ParameterizedTest
    @CsvSource({"1, 15, 30", "2, 30, 60", "3, 60, 120", "4, 120, 240", "5, 240, 480", "6, 300, 600", "40, 300, 600"})
    void failures_waitTwiceAsLongEachTime_butTenMinutesAtMost(int failures, long shortest, long longest) {
        for (long chance : new long[] {SMALLEST, GREATEST}) {
            entropy = chance;
            Call call = call((int) chance);
            for (int i = 0; i < failures; i++) {
                now = now.plus(Duration.ofMinutes(10));
                renewals.start(call);
                started.get(started.size() - 1).completeExceptionally(new IllegalStateException("not today"));
            }
            int tries = started.size();
            Duration pause = Duration.ofSeconds(chance == SMALLEST ? shortest : longest);

            now = now.plus(pause).minusMillis(2);
            renewals.start(call);
            assertThat(started).as("a moment too early").hasSize(tries);
            now = now.plusMillis(2);
            renewals.start(call);
            assertThat(started).hasSize(tries + 1);
            started.get(tries).complete("renewed");
        }
    }

    @Test
    void success_startsTheCountAnew() {
        for (int i = 0; i < 5; i++) {
            now = now.plus(Duration.ofMinutes(10));
            renewals.start(call(1));
            fail(i);
        }
        now = now.plus(Duration.ofMinutes(10));
        renewals.start(call(1));
        started.get(5).complete("renewed");

        renewals.start(call(1));
        fail(6);
        now = now.plusSeconds(30);
        renewals.start(call(1));
        assertThat(started).hasSize(8);
    }

    @Test
    void clockSetBack_doesNotMakeThePauseLonger() {
        renewals.start(call(1));
        fail(0);
        now = now.minusMillis(1);

        renewals.start(call(1));

        assertThat(started).hasSize(2);
    }

    @Test
    void renewalThatCannotEvenBegin_isAFailure() {
        int[] tries = new int[1];
        BackgroundRenewals<Call> broken = new BackgroundRenewals<>(environment(), call -> {
            tries[0]++;
            throw new IllegalStateException("no thread");
        });

        broken.start(call(1));
        broken.start(call(1));
        assertThat(tries[0]).isEqualTo(1);

        now = now.plusSeconds(30);
        broken.start(call(1));
        assertThat(tries[0]).isEqualTo(2);
    }

    /** Calls that failed and never came again must not keep others from being renewed for ever, nor take all memory. */
    @Test
    void moreCallsThanAreRemembered_waitForTheFirstPausesToEnd() {
        for (int i = 0; i < MOST; i++) {
            renewals.start(call(i));
        }
        renewals.start(call(MOST));
        assertThat(started).as("all of them are under way").hasSize(MOST);

        fail(0);
        now = now.plusSeconds(29);
        renewals.start(call(MOST));
        assertThat(started).as("its pause is not over").hasSize(MOST);

        now = now.plusSeconds(2);
        renewals.start(call(MOST));
        assertThat(started).hasSize(MOST + 1);
        renewals.start(call(MOST + 1));
        assertThat(started).as("full again").hasSize(MOST + 1);
    }

    /** Looking through all of them costs: once in a second is enough, whatever the clock does. */
    @Test
    void full_isTidiedOnceInASecond() {
        for (int i = 0; i < MOST; i++) {
            renewals.start(call(i));
        }
        fail(0);
        now = now.plusSeconds(30).minusMillis(500);
        renewals.start(call(MOST));
        now = now.plusMillis(999);
        renewals.start(call(MOST));
        assertThat(started).as("looked through just before").hasSize(MOST);

        now = now.plusMillis(1);
        renewals.start(call(MOST));
        assertThat(started).hasSize(MOST + 1);

        fail(1);
        now = now.minus(Duration.ofDays(1));
        renewals.start(call(MOST + 1));
        assertThat(started).as("after the clock was set back").hasSize(MOST + 2);
    }

    private void fail(int renewal) {
        started.get(renewal).completeExceptionally(new IllegalStateException("not today"));
    }

    private record Call(int number) {}

    private static Call call(int number) {
        return new Call(number);
    }

    private Settings.Environment environment() {
        return new Settings.Environment(
                () -> now,
                new Entropy((RandomGenerator) () -> entropy),
                Runnable::run,
                Runnable::run,
                (task, delay) -> () -> {},
                (message, timeout) -> {
                    throw new IOException("nobody is asked here");
                },
                MemoryTokenStore.create(),
                () -> {});
    }
}
