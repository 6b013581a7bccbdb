package dev.latchkey.web;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Threads for work that must not delay a caller: limited in number, and ended when idle. */
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

    /** Starts the work; the future also fails if there is no capacity. */
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
