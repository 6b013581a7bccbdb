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

/** The threads an application gets if it brings none: virtual ones where the JVM has them, never the common pool. */
public final class Threads {
    /** How many calls of an application are carried out at a time. */
    static final int MOST_CALLS = 100;

    /** How many more may wait. */
    static final int MOST_WAITING = 10_000;

    private static final int IDLE_SECONDS = 10;

    private Threads() {}

    /**
     * For calls: a bounded number of threads, so that an authority that does not answer takes no more than these. One for
     * each application, so that its calls wait for one another and for nobody else's.
     */
    public static Executor executor() {
        return new BoundedExecutor(unbounded(), MOST_CALLS, MOST_WAITING);
    }

    /** For interactions, of which an application has one at a time: they wait behind no call. */
    public static Executor interactions() {
        return unbounded();
    }

    private static Executor unbounded() {
        return task -> Holder.EXECUTOR.execute(task);
    }

    /**
     * One daemon thread for deadlines, which ends when it is idle; it only ever runs short tasks. Time in which the process
     * was stopped is no time.
     */
    public static Scheduler scheduler() {
        return (task, delay) -> Holder.SCHEDULER.schedule(task, delay);
    }

    /** Made with the first task, shared by all applications of the JVM: idle they cost nothing. */
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
            // Before JDK 21 there are none.
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

    /** Rings when this process has run for a time. */
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
