package dev.latchkey.internal.calls;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/** Runs the work of a call on the executor. */
public final class Calls {
    private Calls() {}

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
