package dev.latchkey.integration.belonging;

import dev.latchkey.Scheduler;
import dev.latchkey.authority.VirtualClock;
import java.time.Duration;

/** Short waits end at once and advance the clock; long ones end when the clock has moved that far. */
final class Alarms implements Scheduler {
    private static final Duration SHORT = Duration.ofSeconds(20);

    private final VirtualClock clock;

    Alarms(VirtualClock clock) {
        this.clock = clock;
    }

    @Override
    public Cancellable schedule(Runnable task, Duration delay) {
        if (delay.compareTo(SHORT) <= 0) {
            clock.advance(delay);
            task.run();
            return () -> {};
        }
        boolean[] taken = new boolean[1];
        clock.onReaching(clock.instant().plus(delay), () -> {
            if (!taken[0]) {
                task.run();
            }
        });
        return () -> taken[0] = true;
    }
}
