package dev.latchkey.cli.command;

import dev.latchkey.core.error.AuthException;
import dev.latchkey.core.error.ErrorCodes;
import dev.latchkey.core.error.NetworkException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for futures of the library. */
final class Futures {
    private Futures() {}

    /** The result, or the failure itself; {@code late} if neither is available in time. */
    static <T> T await(CompletableFuture<T> future, long time, TimeUnit unit, AuthException late) {
        try {
            return future.get(time, unit);
        } catch (TimeoutException e) {
            throw late;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NetworkException(ErrorCodes.INTERRUPTED, "the thread was interrupted while waiting");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException(e.getCause());
        }
    }
}
