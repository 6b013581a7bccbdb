package dev.latchkey.internal.loopback;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

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

    /** On one daemon thread, which goes by itself when there are none left. */
    static Deadlines onThread() {
        ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(1, LoopbackThreads::newThread);
        thread.setRemoveOnCancelPolicy(true);
        thread.setKeepAliveTime(1, TimeUnit.SECONDS);
        thread.allowCoreThreadTimeOut(true);
        return (delay, action) -> {
            Future<?> task = thread.schedule(action, delay.toNanos(), TimeUnit.NANOSECONDS);
            return () -> task.cancel(false);
        };
    }
}
