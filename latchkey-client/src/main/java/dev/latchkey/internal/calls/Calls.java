package dev.latchkey.internal.calls;

import dev.latchkey.Futures;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Runs the work of a call on the executor. */
public final class Calls {
    private Calls() {}

    /** Runs work on the executor; the future holds its outcome, a failure too if the executor refuses. */
    public static <T> CompletableFuture<T> start(Executor executor, String correlationId, Supplier<T> work) {
        CompletableFuture<T> future = new CompletableFuture<>();
        run(executor, correlationId, future, work);
        return future;
    }

    /** As {@link #start}, for work that goes on elsewhere: no thread waits for its end. */
    public static <T> CompletableFuture<T> compose(
            Executor executor, String correlationId, Supplier<CompletableFuture<T>> work) {
        CompletableFuture<T> future = new CompletableFuture<>();
        CompletableFuture<Void> begun = start(executor, correlationId, () -> {
            var unused = work.get().whenComplete((result, error) -> complete(future, result, error));
            return null;
        });
        var unused = begun.whenComplete((none, error) -> {
            if (error != null) {
                future.completeExceptionally(error);
            }
        });
        return future;
    }

    private static <T> void complete(CompletableFuture<T> future, T result, @Nullable Throwable error) {
        if (error == null) {
            future.complete(result);
        } else {
            future.completeExceptionally(Futures.failure(error));
        }
    }

    /** Completes the future with the outcome; with a failure too if the executor refuses. */
    public static <T> void run(Executor executor, String correlationId, CompletableFuture<T> future, Supplier<T> work) {
        try {
            executor.execute(() -> {
                try {
                    future.complete(work.get());
                } catch (Throwable e) {
                    future.completeExceptionally(Failures.of(e, correlationId));
                }
            });
        } catch (RuntimeException e) {
            future.completeExceptionally(Failures.of(e, correlationId));
        }
    }
}
