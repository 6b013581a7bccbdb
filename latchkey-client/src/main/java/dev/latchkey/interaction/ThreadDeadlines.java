package dev.latchkey.interaction;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** Deadlines on one daemon thread, which goes by itself when there are none left. */
final class ThreadDeadlines implements Deadlines {
    private final ScheduledThreadPoolExecutor thread = new ScheduledThreadPoolExecutor(1, LoopbackThreads::newThread);

    ThreadDeadlines() {
        thread.setRemoveOnCancelPolicy(true);
        thread.setKeepAliveTime(1, TimeUnit.SECONDS);
        thread.allowCoreThreadTimeOut(true);
    }

    @Override
    public Deadline after(Duration delay, Runnable action) {
        Future<?> task = thread.schedule(action, delay.toNanos(), TimeUnit.NANOSECONDS);
        return () -> task.cancel(false);
    }
}
