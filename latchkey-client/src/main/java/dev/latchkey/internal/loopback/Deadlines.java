package dev.latchkey.internal.loopback;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Deadlines of one listener. Actions must be quick and must not call the application. */
@FunctionalInterface
interface Deadlines {
    /** Runs the action after this time, unless cancelled before. */
    Deadline after(Duration delay, Runnable action);

    /** One deadline. */
    @FunctionalInterface
    interface Deadline {
        /** Cancels it if it has not run yet. */
        void cancel();
    }

    /** Runs actions on one daemon thread, which ends when none are left. */
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
