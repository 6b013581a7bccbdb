package dev.latchkey.internal;

import dev.latchkey.AuthenticationResult;
import dev.latchkey.EventPayload;
import dev.latchkey.EventType;
import dev.latchkey.InteractionStatus;
import dev.latchkey.InteractionType;
import dev.latchkey.PopupRequest;
import dev.latchkey.Scheduler;
import dev.latchkey.core.error.AuthException;
import dev.latchkey.core.error.BrowserAuthException;
import dev.latchkey.core.error.ErrorCodes;
import dev.latchkey.core.error.ErrorDetails;
import dev.latchkey.interaction.LoopbackAnswer;
import dev.latchkey.interaction.LoopbackListener;
import dev.latchkey.interaction.ResultPage;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * The way to a token through the person: system browser there, loopback listener back (RFC 8252). One at a time; every
 * end, good or bad, cancelled or late, closes the listener and gives the turn back.
 */
final class InteractiveAcquisition {
    private final Settings settings;
    private final AuthorizationCodeFlow flow;
    private final Renewal renewal;
    private final InteractionGuard guard;
    private final EventBus events;

    InteractiveAcquisition(
            Settings settings, AuthorizationCodeFlow flow, Renewal renewal, InteractionGuard guard, EventBus events) {
        this.settings = settings;
        this.flow = flow;
        this.renewal = renewal;
        this.guard = guard;
        this.events = events;
    }

    /** Asks the person. The future completes on the executor; cancelling it ends the interaction at once. */
    CompletableFuture<AuthenticationResult> acquire(PopupRequest request) {
        String correlationId =
                request.correlationId().orElseGet(settings.environment().entropy()::correlationId);
        Duration time = request.timeout().orElse(settings.limits().interaction());
        Interaction interaction = new Interaction(request, correlationId);
        try {
            interaction.turn = guard.enter(
                    InteractionStatus.ACQUIRE_TOKEN,
                    correlationId,
                    time,
                    request.overrideInteractionInProgress(),
                    interaction::fail);
        } catch (BrowserAuthException e) {
            return CompletableFuture.failedFuture(e);
        }
        return interaction.start(time);
    }

    /** One interaction. Its future is the one truth: whatever completes it, the clean-up follows. */
    private final class Interaction {
        private final PopupRequest request;
        private final String correlationId;
        private final CompletableFuture<AuthenticationResult> future = new CompletableFuture<>();
        private final CompletableFuture<LoopbackListener> listener = new CompletableFuture<>();
        private final CompletableFuture<LoopbackAnswer> answer = new CompletableFuture<>();
        private InteractionGuard.@Nullable Turn turn;

        Interaction(PopupRequest request, String correlationId) {
            this.request = request;
            this.correlationId = correlationId;
        }

        CompletableFuture<AuthenticationResult> start(Duration time) {
            Scheduler.Cancellable alarm = settings.environment().scheduler().schedule(() -> fail(late(time)), time);
            CompletableFuture<AuthenticationResult> cleaned = future.whenComplete((result, error) -> {
                alarm.cancel();
                cleanUp(error);
            });
            CompletableFuture<AuthenticationResult> told =
                    Outcomes.publish(events, cleaned, InteractionType.POPUP, correlationId);
            // Whoever cancels what they were given ends the interaction itself.
            var unused = told.whenComplete((result, error) -> {
                if (told.isCancelled()) {
                    future.cancel(true);
                }
            });
            events.publish(
                    EventType.ACQUIRE_TOKEN_START,
                    InteractionType.POPUP,
                    new EventPayload.Requested(request.scopes(), request.account()),
                    correlationId);
            runAsync(this::open);
            return told;
        }

        private void open() {
            ResolvedAuthority authority = flow.resolve(request, correlationId);
            LoopbackListener open = LoopbackListener.open(settings.interaction().loopback());
            listener.complete(open);
            if (future.isDone()) {
                open.close();
                return;
            }
            AuthorizationCodeFlow.Pending pending = flow.begin(request, authority, open.redirectUri(), correlationId);
            var unused = open.expect(pending.sent().state(), pending.mode()).whenComplete((received, error) -> {
                if (received == null) {
                    fail(error);
                } else {
                    answer.complete(received);
                    runAsync(() -> finish(pending, received));
                }
            });
            URI uri = pending.sent().uri();
            settings.interaction().userAgent().open(uri);
            events.publish(EventType.POPUP_OPENED, InteractionType.POPUP, new EventPayload.Opened(uri), correlationId);
        }

        private void finish(AuthorizationCodeFlow.Pending pending, LoopbackAnswer received) {
            if (future.isDone()) {
                return;
            }
            SignIns.SignedIn signedIn = flow.finish(pending, received.parameters());
            renewal.forget(signedIn.account().partitionKey());
            AuthenticationResult result =
                    signedIn.acquired().toResult(request.state().orElse(null));
            // A program that ends once it has its token must not take the page away from the person's browser.
            var unused = received.finish(ResultPage.success())
                    .whenComplete((delivered, ignored) -> runAsync(() -> {
                        if (future.complete(result) && signedIn.isNew()) {
                            events.publish(
                                    EventType.LOGIN_SUCCESS,
                                    InteractionType.POPUP,
                                    new EventPayload.Concerns(signedIn.account()),
                                    correlationId);
                        }
                    }));
        }

        /** Work on the executor; what it throws ends the interaction. */
        private void runAsync(Runnable work) {
            try {
                settings.environment().executor().execute(() -> {
                    try {
                        work.run();
                    } catch (RuntimeException | Error e) {
                        fail(e);
                    }
                });
            } catch (RuntimeException e) {
                fail(e);
            }
        }

        private void fail(Throwable error) {
            future.completeExceptionally(
                    error instanceof CompletionException && error.getCause() != null ? error.getCause() : error);
        }

        /** The page in the browser tells the truth first; then the socket goes, then the turn. */
        private void cleanUp(@Nullable Throwable error) {
            LoopbackAnswer received = answer.getNow(null);
            if (received != null && error != null) {
                var unused = received.finish(pageFor(error));
            }
            LoopbackListener open = listener.getNow(null);
            if (open != null) {
                open.close();
            }
            if (turn != null) {
                turn.close();
            }
        }

        private ResultPage pageFor(Throwable error) {
            return error instanceof AuthException failure
                    ? ResultPage.of(failure)
                    : ResultPage.failed(ErrorCodes.USER_CANCELLED, "The application stopped waiting.");
        }

        private BrowserAuthException late(Duration time) {
            return new BrowserAuthException(ErrorDetails.of(
                            ErrorCodes.TIMED_OUT,
                            "the person did not finish within " + time.toSeconds()
                                    + " s; the page can no longer be used, call again to open a new one")
                    .correlationId(correlationId));
        }
    }
}
