package dev.latchkey;

import java.time.Duration;

/** Runs tasks after a delay. Tests replace it so that deadlines pass without waiting. Thread-safe. */
@FunctionalInterface
public interface Scheduler {
    /**
     * Runs a short task once after a delay, on a thread of the scheduler.
     *
     * @param task the task; must not block
     * @param delay the delay; zero or more
     * @return cancels the task if it has not run yet
     */
    Cancellable schedule(Runnable task, Duration delay);

    /** A scheduled task that can be cancelled. */
    @FunctionalInterface
    interface Cancellable {
        /** Cancels the task; does nothing if it is too late. */
        void cancel();
    }
}
