package dev.latchkey.web;

import dev.latchkey.Scheduler;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/** One thread for everything scheduled; it ends when nothing is left to do. */
final class Alarms implements Scheduler {
    private final ScheduledThreadPoolExecutor executor;

    Alarms() {
        executor = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "latchkey-web-alarms");
            thread.setDaemon(true);
            return thread;
        });
        executor.setRemoveOnCancelPolicy(true);
        executor.setKeepAliveTime(1, TimeUnit.MINUTES);
        executor.allowCoreThreadTimeOut(true);
    }

    @Override
    public Cancellable schedule(Runnable task, Duration delay) {
        Future<?> scheduled = executor.schedule(task, delay.toMillis(), TimeUnit.MILLISECONDS);
        return () -> scheduled.cancel(false);
    }
}
