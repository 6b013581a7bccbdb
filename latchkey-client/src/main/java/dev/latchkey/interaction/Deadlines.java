package dev.latchkey.interaction;

import java.time.Duration;

/** Keeps the time for one listener. What is run at a deadline must be quick and must not call the application. */
@FunctionalInterface
interface Deadlines {
    /** Runs the action once this time has passed, unless it is cancelled before. */
    Deadline after(Duration delay, Runnable action);

    /** One deadline. */
    @FunctionalInterface
    interface Deadline {
        /** Calls it off, if it has not come yet. */
        void cancel();
    }
}
