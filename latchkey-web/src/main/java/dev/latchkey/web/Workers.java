package dev.latchkey.web;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Threads for what must not keep a caller: a bounded number, which end when there is nothing to do. */
final class Workers {
    private static final int MOST = 32;
    private static final int MOST_WAITING = 10_000;
    private static final Duration IDLE = Duration.ofSeconds(10);

    private Workers() {}

    static Executor create() {
        ThreadPoolExecutor workers = new ThreadPoolExecutor(
                MOST, MOST, IDLE.toSeconds(), TimeUnit.SECONDS, new LinkedBlockingQueue<>(MOST_WAITING), task -> {
                    Thread thread = new Thread(task, "latchkey-web");
                    thread.setDaemon(true);
                    return thread;
                });
        workers.allowCoreThreadTimeOut(true);
        return workers;
    }

    /** The outcome of work, a failure too if there is no room for it. */
    static <T> CompletableFuture<T> start(Executor executor, Supplier<T> work) {
        CompletableFuture<T> future = new CompletableFuture<>();
        try {
            executor.execute(() -> {
                try {
                    future.complete(work.get());
                } catch (Throwable e) {
                    future.completeExceptionally(e);
                }
            });
        } catch (RuntimeException e) {
            future.completeExceptionally(e);
        }
        return future;
    }
}
