package dev.latchkey.internal;

import dev.latchkey.AuthenticationResult;
import dev.latchkey.EventPayload;
import dev.latchkey.EventType;
import dev.latchkey.InteractionType;
import dev.latchkey.core.error.AuthException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Tells how a call ended. */
final class Outcomes {
    private Outcomes() {}

    /** Publishes success or failure before whoever waits for the future goes on. */
    static CompletableFuture<AuthenticationResult> publish(
            EventBus events,
            CompletableFuture<AuthenticationResult> future,
            InteractionType interaction,
            String correlationId) {
        return future.whenComplete((result, error) -> {
            if (result != null) {
                events.publish(
                        EventType.ACQUIRE_TOKEN_SUCCESS, interaction, new EventPayload.Acquired(result), correlationId);
            } else if (unwrap(error) instanceof AuthException failure) {
                events.publish(
                        EventType.ACQUIRE_TOKEN_FAILURE, interaction, new EventPayload.Failed(failure), correlationId);
            }
        });
    }

    /** The error itself, out of what futures wrap it in. */
    static Throwable unwrap(Throwable error) {
        return error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
    }
}
