package dev.latchkey.testkit;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Runs tasks concurrently and waits for other threads, always with a time limit. */
final class Crowd implements AutoCloseable {
    /** More than anything here can take on a working machine. */
    static final Duration PATIENCE = Duration.ofSeconds(30);

    private final ExecutorService threads = Executors.newCachedThreadPool(task -> {
        Thread thread = new Thread(task, "crowd");
        thread.setDaemon(true);
        return thread;
    });

    /** Runs the task on its own thread. */
    <T> Future<T> start(Callable<T> task) {
        return threads.submit(task);
    }

    /** Runs each task on its own thread and waits for all; throws the first failure. */
    void runAll(List<? extends Callable<?>> tasks) {
        List<Future<?>> running = new ArrayList<>();
        tasks.forEach(task -> running.add(threads.submit(task)));
        running.forEach(Crowd::await);
    }

    /** The result; fails after the time limit. */
    static <T> T await(Future<T> future) {
        try {
            return future.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new AssertionError("failed on another thread", e.getCause());
        } catch (TimeoutException e) {
            throw new AssertionError("another thread hangs", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** Waits until the condition holds. */
    static void awaitUntil(String what, BooleanSupplier isSo) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!isSo.getAsBoolean()) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError("did not happen: " + what);
            }
            LockSupport.parkNanos(1_000_000);
        }
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
