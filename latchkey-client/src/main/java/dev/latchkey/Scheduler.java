package dev.latchkey;

import java.time.Duration;

/** Runs something later. Replaced in tests, so that deadlines pass without waiting. Thread-safe. */
@FunctionalInterface
public interface Scheduler {
    /**
     * Runs a short task once after a delay, on a thread of the scheduler.
     *
     * @param task what to run; must not block
     * @param delay how long to wait; zero or more
     * @return takes the task back if it has not run yet
     */
    Cancellable schedule(Runnable task, Duration delay);

    /** Something that can be taken back. */
    @FunctionalInterface
    interface Cancellable {
        /** Takes it back; does nothing if it is too late. */
        void cancel();
    }
}
