package dev.latchkey.internal.interactive;

import dev.latchkey.AuthenticationResult;
import dev.latchkey.EventPayload;
import dev.latchkey.EventType;
import dev.latchkey.InteractionStatus;
import dev.latchkey.InteractionType;
import dev.latchkey.PopupRequest;
import dev.latchkey.core.error.AuthException;
import dev.latchkey.interaction.LoopbackOptions;
import dev.latchkey.interaction.ResultPage;
import dev.latchkey.internal.authority.ResolvedAuthority;
import dev.latchkey.internal.calls.CallEvents;
import dev.latchkey.internal.calls.EventBus;
import dev.latchkey.internal.environment.Settings;
import dev.latchkey.internal.loopback.LoopbackAnswer;
import dev.latchkey.internal.loopback.LoopbackListener;
import dev.latchkey.internal.silent.Renewal;
import dev.latchkey.internal.tokens.SignIns;
import java.net.URI;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Acquires a token interactively, through the system browser and a loopback listener (RFC 8252). One interaction runs
 * at a time; whatever ends it closes the listener and releases the turn.
 */
public final class InteractiveAcquisition {
    private final Settings settings;
    private final AuthorizationCodeFlow flow;
    private final Renewal renewal;
    private final InteractionGuard guard;
    private final CallEvents events;

    public InteractiveAcquisition(
            Settings settings, AuthorizationCodeFlow flow, Renewal renewal, InteractionGuard guard, EventBus events) {
        this.settings = settings;
        this.flow = flow;
        this.renewal = renewal;
        this.guard = guard;
        this.events = new CallEvents(events, InteractionType.POPUP);
    }

    /** Starts the interaction. Cancelling the future ends it at once. */
    public CompletableFuture<AuthenticationResult> acquire(PopupRequest request) {
        String correlationId =
                request.correlationId().orElseGet(settings.environment().entropy()::correlationId);
        try {
            flow.check(request);
        } catch (AuthException e) {
            return CompletableFuture.failedFuture(e);
        }
        return new Interaction(request, correlationId)
                .start(
                        guard,
                        InteractionStatus.ACQUIRE_TOKEN,
                        request.timeout().orElse(settings.limits().interaction()),
                        request.overrideInteractionInProgress());
    }

    private final class Interaction extends InteractionTask<AuthenticationResult> {
        private final PopupRequest request;
        private final CompletableFuture<LoopbackListener> listener = new CompletableFuture<>();
        private final CompletableFuture<LoopbackAnswer> answer = new CompletableFuture<>();

        Interaction(PopupRequest request, String correlationId) {
            super(settings.environment(), correlationId);
            this.request = request;
        }

        @Override
        void begin() {
            ResolvedAuthority authority = flow.resolve(request, correlationId);
            LoopbackListener open = LoopbackListener.open(loopback());
            listener.complete(open);
            if (isOver()) {
                open.close();
                return;
            }
            AuthorizationCodeFlow.Pending pending =
                    flow.beginPopup(request, authority, open.redirectUri(), correlationId);
            var unused = open.expect(pending.sent().state(), pending.mode()).whenComplete((received, error) -> {
                if (received == null) {
                    fail(error);
                } else {
                    answered();
                    answer.complete(received);
                    runAsync(() -> finish(pending, received));
                }
            });
            show(pending.sent().uri());
        }

        private LoopbackOptions loopback() {
            LoopbackOptions usual = settings.interaction().loopback();
            return request.redirectPath().map(usual::withPath).orElse(usual);
        }

        /**
         * Emits the event before opening the page: a fast user could otherwise finish before the event of the opening.
         */
        private void show(URI uri) {
            asksUser();
            events.told(EventType.POPUP_OPENED, new EventPayload.Opened(uri), correlationId);
            settings.interaction().userAgent().open(uri);
        }

        private void finish(AuthorizationCodeFlow.Pending pending, LoopbackAnswer received) {
            if (isOver()) {
                return;
            }
            SignIns.SignedIn signedIn =
                    flow.finish(pending, received.parameters(), pending.sent().redirectUri());
            renewal.forget(signedIn.account().partitionKey());
            AuthenticationResult result =
                    signedIn.acquired().toResult(request.state().orElse(null));
            // A program may end once it has its token, so the token waits until the browser has the page.
            var unused = received.finish(ResultPage.success())
                    .whenComplete((delivered, ignored) -> runAsync(() -> succeed(result)));
        }

        /** The browser gets the page with the outcome before the listener is closed. */
        @Override
        void cleanUp(@Nullable AuthException failure) {
            LoopbackAnswer received = answer.getNow(null);
            if (received != null && failure != null) {
                var unused = received.finish(ResultPage.of(failure));
            }
            LoopbackListener open = listener.getNow(null);
            if (open != null) {
                open.close();
            }
        }

        @Override
        void tellStart() {
            events.started(request.scopes(), request.account().orElse(null), correlationId);
        }

        @Override
        void queueEnd(@Nullable AuthenticationResult result, @Nullable AuthException failure) {
            events.ended(result, failure, correlationId);
        }

        @Override
        void deliver() {
            events.deliver();
        }
    }
}
