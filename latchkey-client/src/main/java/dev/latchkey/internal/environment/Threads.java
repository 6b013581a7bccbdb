package dev.latchkey.internal.environment;

import dev.latchkey.Scheduler;
import dev.latchkey.core.RunningTime;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** The threads of an application that supplies none: virtual ones if the JVM has them, never the common pool. */
public final class Threads {
    /** The number of calls of an application that run at a time. */
    static final int MOST_CALLS = 100;

    /** The number of further calls that may wait. */
    static final int MOST_WAITING = 10_000;

    private static final int IDLE_SECONDS = 10;

    private Threads() {}

    /**
     * Runs calls on a limited number of threads, so that an unresponsive authority can occupy no more than these. Each
     * application has its own, so that its calls do not wait for those of another.
     */
    public static Executor executor() {
        return new BoundedExecutor(unbounded(), MOST_CALLS, MOST_WAITING);
    }

    /** Runs interactions, of which an application has one at a time, so that they wait for no call. */
    public static Executor interactions() {
        return unbounded();
    }

    private static Executor unbounded() {
        return task -> Holder.EXECUTOR.execute(task);
    }

    /**
     * One daemon thread for deadlines, which ends when idle; it runs only short tasks. Time during which the process
     * was stopped does not count.
     */
    public static Scheduler scheduler() {
        return (task, delay) -> Holder.SCHEDULER.schedule(task, delay);
    }

    /** Created with the first task and shared by all applications of the JVM; idle pools cost nothing. */
    private static final class Holder {
        private static final Executor EXECUTOR = newExecutor();
        private static final Scheduler SCHEDULER = newScheduler();
    }

    private static ExecutorService newExecutor() {
        try {
            return (ExecutorService) MethodHandles.publicLookup()
                    .findStatic(
                            Executors.class,
                            "newVirtualThreadPerTaskExecutor",
                            MethodType.methodType(ExecutorService.class))
                    .invoke();
        } catch (Throwable e) {
            // JDKs before 21 have none.
            return Executors.newCachedThreadPool(daemons("latchkey-worker-"));
        }
    }

    private static Scheduler newScheduler() {
        ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(1, daemons("latchkey-scheduler-"));
        executor.setRemoveOnCancelPolicy(true);
        executor.setKeepAliveTime(IDLE_SECONDS, TimeUnit.SECONDS);
        executor.allowCoreThreadTimeOut(true);
        return (task, delay) -> {
            Alarm alarm = new Alarm(executor, task, RunningTime.of(delay.toNanos(), System::nanoTime));
            alarm.look();
            return alarm;
        };
    }

    /** Runs an action after this process has run for a given time. */
    private static final class Alarm implements Scheduler.Cancellable {
        private final ScheduledThreadPoolExecutor executor;
        private final Runnable task;
        private final RunningTime time;
        private boolean cancelled;
        private @Nullable ScheduledFuture<?> next;

        Alarm(ScheduledThreadPoolExecutor executor, Runnable task, RunningTime time) {
            this.executor = executor;
            this.task = task;
            this.time = time;
        }

        synchronized void look() {
            if (!cancelled) {
                next = executor.schedule(this::lookOrRing, time.nextLook(), TimeUnit.NANOSECONDS);
            }
        }

        private void lookOrRing() {
            if (isDue()) {
                task.run();
            } else {
                look();
            }
        }

        private synchronized boolean isDue() {
            return time.isOver();
        }

        @Override
        public synchronized void cancel() {
            cancelled = true;
            if (next != null) {
                next.cancel(false);
            }
        }
    }

    private static ThreadFactory daemons(String prefix) {
        AtomicInteger count = new AtomicInteger();
        return task -> daemon(task, prefix + count.incrementAndGet());
    }

    static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }
}
