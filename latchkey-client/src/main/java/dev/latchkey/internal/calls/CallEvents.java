package dev.latchkey.internal.calls;

import dev.latchkey.AuthenticationResult;
import dev.latchkey.EventPayload;
import dev.latchkey.EventType;
import dev.latchkey.InteractionType;
import dev.latchkey.core.Scopes;
import dev.latchkey.core.account.Account;
import dev.latchkey.core.error.AuthException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Tells how calls for a token begin and end: every start is followed by exactly one success or failure. */
public final class CallEvents {
    private final EventBus bus;
    private final InteractionType type;

    public CallEvents(EventBus bus, InteractionType type) {
        this.bus = bus;
        this.type = type;
    }

    /** Whether anybody listens; where nobody does, telling can be left out. */
    public boolean areWanted() {
        return bus.hasListeners();
    }

    public void started(Scopes scopes, @Nullable Account account, String correlationId) {
        requested(EventType.ACQUIRE_TOKEN_START, scopes, account, correlationId);
    }

    public void goesToNetwork(Scopes scopes, @Nullable Account account, String correlationId) {
        requested(EventType.ACQUIRE_TOKEN_NETWORK_START, scopes, account, correlationId);
    }

    public void told(EventType what, EventPayload payload, String correlationId) {
        bus.publish(what, type, payload, correlationId);
    }

    public void succeeded(AuthenticationResult result, String correlationId) {
        told(EventType.ACQUIRE_TOKEN_SUCCESS, new EventPayload.Acquired(result), correlationId);
    }

    /** Queues the end of a call without telling it yet. */
    public void ended(@Nullable AuthenticationResult result, @Nullable AuthException failure, String correlationId) {
        if (failure != null) {
            bus.enqueue(EventType.ACQUIRE_TOKEN_FAILURE, type, new EventPayload.Failed(failure), correlationId);
        } else if (result != null) {
            bus.enqueue(EventType.ACQUIRE_TOKEN_SUCCESS, type, new EventPayload.Acquired(result), correlationId);
        }
    }

    /** Tells what is queued. */
    public void deliver() {
        bus.deliver();
    }

    /**
     * Tells success or failure before whoever waits for the future goes on; also if the future handed out is cancelled
     * meanwhile, for then the call itself goes on.
     */
    public CompletableFuture<AuthenticationResult> toldBy(
            CompletableFuture<AuthenticationResult> call, String correlationId) {
        return call.whenComplete((result, error) -> {
                    ended(result, error == null ? null : Failures.of(error, correlationId), correlationId);
                    deliver();
                })
                .copy();
    }

    private void requested(EventType what, Scopes scopes, @Nullable Account account, String correlationId) {
        if (areWanted()) {
            told(what, new EventPayload.Requested(scopes, Optional.ofNullable(account)), correlationId);
        }
    }
}
