package dev.latchkey;

import dev.latchkey.core.error.ErrorCodes;
import dev.latchkey.core.error.NetworkException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Gets results and failures out of futures. Futures wrap the failure of a call; everything here gives it unwrapped. */
public final class Futures {
    private Futures() {}

    /**
     * Waits for a future.
     *
     * @return its result
     * @throws dev.latchkey.core.error.AuthException the failure of the call; {@code interrupted} if the thread is
     *     interrupted: then the future is cancelled, and the thread stays interrupted
     * @throws CancellationException if the future was cancelled
     */
    public static <T> T await(CompletableFuture<T> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            throw interrupted(future);
        } catch (ExecutionException e) {
            throw unchecked(e);
        }
    }

    /**
     * As {@link #await(CompletableFuture)}, but not for ever. The future is left alone when the time is over.
     *
     * @param timeout how long to wait
     * @param late what to throw when the time is over
     */
    public static <T> T await(
            CompletableFuture<T> future, Duration timeout, Supplier<? extends RuntimeException> late) {
        try {
            return future.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            throw late.get();
        } catch (InterruptedException e) {
            throw interrupted(future);
        } catch (ExecutionException e) {
            throw unchecked(e);
        }
    }

    /** The failure itself, without the exceptions that futures wrap it in. */
    public static Throwable failure(Throwable error) {
        Throwable cause = error;
        while ((cause instanceof CompletionException || cause instanceof ExecutionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return cause;
    }

    /**
     * As {@link #failure}, for a {@code throw} statement.
     *
     * @throws Error if the failure is one
     */
    public static RuntimeException unchecked(Throwable error) {
        Throwable failure = failure(error);
        if (failure instanceof Error fatal) {
            throw fatal;
        }
        return failure instanceof RuntimeException cause ? cause : new IllegalStateException(failure);
    }

    private static NetworkException interrupted(CompletableFuture<?> future) {
        future.cancel(true);
        Thread.currentThread().interrupt();
        return new NetworkException(ErrorCodes.INTERRUPTED, "the thread was interrupted while waiting");
    }
}
