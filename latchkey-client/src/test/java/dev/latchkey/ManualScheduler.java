package dev.latchkey;

import dev.latchkey.authority.VirtualClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Deadlines that pass when a test moves the clock. Pauses below a second, those before a retry, pass at once. */
final class ManualScheduler implements Scheduler {
    private final VirtualClock clock;
    private final List<Task> tasks = new ArrayList<>();

    ManualScheduler(VirtualClock clock) {
        this.clock = clock;
    }

    private record Task(Instant due, Runnable action) {}

    @Override
    public Cancellable schedule(Runnable action, Duration delay) {
        if (delay.compareTo(Duration.ofSeconds(1)) < 0) {
            action.run();
            return () -> {};
        }
        Task task = new Task(clock.instant().plus(delay), action);
        synchronized (tasks) {
            tasks.add(task);
        }
        return () -> {
            synchronized (tasks) {
                tasks.removeIf(other -> other == task);
            }
        };
    }

    /** How many are set. */
    int pending() {
        synchronized (tasks) {
            return tasks.size();
        }
    }

    /** Moves the clock and runs what is due then, in order. */
    void pass(Duration time) {
        clock.advance(time);
        for (Task next = poll(); next != null; next = poll()) {
            next.action.run();
        }
    }

    private Task poll() {
        synchronized (tasks) {
            Task next = tasks.stream()
                    .filter(task -> !task.due.isAfter(clock.instant()))
                    .min(Comparator.comparing(Task::due))
                    .orElse(null);
            tasks.remove(next);
            return next;
        }
    }
}
