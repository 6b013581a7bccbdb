package dev.latchkey.testkit;

import dev.latchkey.Scheduler;
import dev.latchkey.authority.VirtualClock;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

/**
 * A scheduler on a {@link VirtualClock}: due tasks run on the thread that moves the clock, in order of time. Tasks
 * without a delay run at once. Thread-safe.
 *
 * <pre>{@code
 * var app = PublicClientApplication.builder("demo-app").clock(clock).scheduler(scheduler)...
 * scheduler.awaitWaiting(1, Duration.ofSeconds(5)); // the application has scheduled its task
 * clock.advance(Duration.ofMinutes(5));             // which now runs
 * }</pre>
 */
public final class ManualScheduler implements Scheduler {
    private final VirtualClock clock;
    private final Set<Task> waiting = new HashSet<>();

    private ManualScheduler(VirtualClock clock) {
        this.clock = clock;
    }

    /** Creates a scheduler that uses this clock. */
    public static ManualScheduler on(VirtualClock clock) {
        return new ManualScheduler(clock);
    }

    @Override
    public Cancellable schedule(Runnable task, Duration delay) {
        Task scheduled = new Task(task);
        // The alarm is set before the task becomes visible as waiting, because a test that sees it may move the clock.
        clock.onReaching(clock.instant().plus(delay), scheduled);
        synchronized (waiting) {
            if (!scheduled.taken) {
                waiting.add(scheduled);
                waiting.notifyAll();
            }
        }
        return () -> take(scheduled);
    }

    /** The number of waiting tasks. */
    public int waiting() {
        synchronized (waiting) {
            return waiting.size();
        }
    }

    /**
     * Waits in real time until at least this many tasks are waiting.
     *
     * @throws AssertionError if there are fewer within the timeout
     */
    public void awaitWaiting(int tasks, Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        synchronized (waiting) {
            while (waiting.size() < tasks) {
                long millis = (deadline - System.nanoTime()) / 1_000_000;
                if (millis <= 0) {
                    throw new AssertionError("expected " + tasks + " scheduled tasks, there are " + waiting.size());
                }
                pause(millis);
            }
        }
    }

    void forgetAll() {
        synchronized (waiting) {
            waiting.forEach(task -> task.taken = true);
            waiting.clear();
        }
    }

    private void pause(long millis) {
        try {
            waiting.wait(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for scheduled tasks", e);
        }
    }

    private boolean take(Task task) {
        synchronized (waiting) {
            boolean first = !task.taken;
            task.taken = true;
            waiting.remove(task);
            return first;
        }
    }

    private final class Task implements Runnable {
        private final Runnable action;
        /** Whether it has run, was cancelled or was dropped; guarded by the lock on {@code waiting}. */
        private boolean taken;

        Task(Runnable action) {
            this.action = action;
        }

        @Override
        public void run() {
            if (take(this)) {
                action.run();
            }
        }
    }
}
