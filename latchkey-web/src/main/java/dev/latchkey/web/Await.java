package dev.latchkey.web;

import dev.latchkey.core.error.ErrorCodes;
import dev.latchkey.core.error.NetworkException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Waits for the engine on the container's thread. */
final class Await {
    private Await() {}

    /** The outcome; a failure is thrown unchanged. */
    static <T> T result(CompletableFuture<T> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            future.cancel(true);
            Thread.currentThread().interrupt();
            throw new NetworkException(ErrorCodes.INTERRUPTED, "the server is stopping; try again");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new CancellationException(e.getMessage());
        }
    }
}
