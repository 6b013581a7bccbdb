package dev.latchkey.internal.interactive;

import dev.latchkey.AuthenticationResult;
import dev.latchkey.EventPayload;
import dev.latchkey.EventType;
import dev.latchkey.InteractionType;
import dev.latchkey.RedirectRequest;
import dev.latchkey.RedirectSignIn;
import dev.latchkey.core.Secret;
import dev.latchkey.core.error.AuthException;
import dev.latchkey.core.http.Parameters;
import dev.latchkey.internal.calls.CallEvents;
import dev.latchkey.internal.calls.Calls;
import dev.latchkey.internal.calls.EventBus;
import dev.latchkey.internal.calls.Failures;
import dev.latchkey.internal.environment.Settings;
import dev.latchkey.internal.silent.Renewal;
import dev.latchkey.internal.tokens.SignIns;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Acquires a token interactively from a server: one call creates the authorization URL, another processes the response,
 * perhaps on another node. In between, the sign-in is saved as text in the user's session. Any number can run at a
 * time.
 */
public final class RedirectAcquisition {
    private final Settings settings;
    private final AuthorizationCodeFlow flow;
    private final SavedSignIns saved;
    private final Renewal renewal;
    private final EventBus bus;
    private final CallEvents events;

    public RedirectAcquisition(Settings settings, AuthorizationCodeFlow flow, Renewal renewal, EventBus events) {
        this.settings = settings;
        this.flow = flow;
        this.saved = new SavedSignIns(settings.identity(), flow);
        this.renewal = renewal;
        this.bus = events;
        this.events = new CallEvents(events, InteractionType.REDIRECT);
    }

    /** The first half: returns the address to which the user is sent. */
    public CompletableFuture<RedirectSignIn> begin(RedirectRequest request) {
        String correlationId =
                request.correlationId().orElseGet(settings.environment().entropy()::correlationId);
        events.started(request.scopes(), request.account().orElse(null), correlationId);
        return Calls.start(settings.environment().executor(), correlationId, () -> {
            try {
                flow.check(request);
                return saved.save(flow.beginRedirect(request, flow.resolve(request, correlationId), correlationId));
            } catch (AuthException e) {
                ended(null, e, correlationId);
                throw e;
            }
        });
    }

    /** The second half: validates the response, redeems it and stores the tokens. */
    public CompletableFuture<AuthenticationResult> finish(Secret signIn, Parameters answer, @Nullable URI received) {
        bus.publish(EventType.HANDLE_REDIRECT_START, InteractionType.REDIRECT, new EventPayload.None(), "");
        return Calls.start(settings.environment().executor(), "", () -> {
            try {
                return redeem(saved.restore(signIn), answer, received);
            } finally {
                bus.publish(EventType.HANDLE_REDIRECT_END, InteractionType.REDIRECT, new EventPayload.None(), "");
            }
        });
    }

    private AuthenticationResult redeem(
            AuthorizationCodeFlow.Pending pending, Parameters answer, @Nullable URI received) {
        try {
            SignIns.SignedIn signedIn = flow.finish(pending, answer, received);
            renewal.forget(signedIn.account().partitionKey());
            AuthenticationResult result =
                    signedIn.acquired().toResult(pending.request().state().orElse(null));
            ended(result, null, pending.correlationId());
            return result;
        } catch (RuntimeException e) {
            AuthException failure = Failures.of(e, pending.correlationId());
            ended(null, failure, pending.correlationId());
            throw failure;
        }
    }

    private void ended(@Nullable AuthenticationResult result, @Nullable AuthException failure, String correlationId) {
        events.ended(result, failure, correlationId);
        events.deliver();
    }
}
