package dev.latchkey.internal.environment;

import dev.latchkey.Scheduler;
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

/** The threads an application gets if it brings none: virtual ones where the JVM has them, never the common pool. */
public final class Threads {
    private Threads() {}

    /** A thread per task on JVMs with virtual threads, else a pool of daemon threads that grows and shrinks. */
    public static Executor executor() {
        return task -> Holder.EXECUTOR.execute(task);
    }

    /** One daemon thread for deadlines; it only ever runs short tasks. */
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
        return (task, delay) -> {
            ScheduledFuture<?> scheduled = executor.schedule(task, delay.toNanos(), TimeUnit.NANOSECONDS);
            return () -> scheduled.cancel(false);
        };
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
