package dev.latchkey;

import dev.latchkey.core.error.AuthException;
import dev.latchkey.core.error.ErrorCodes;
import dev.latchkey.core.error.InteractionRequiredAuthException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Silent first; then, only if the person has to be asked, wait for our turn, silent again if somebody else's turn may
 * have helped, ask. Whoever loses the race for the turn waits again instead of failing.
 */
final class TokenOrInteraction {
    private final PublicClientApplication app;
    private final SilentRequest request;
    private final Function<InteractionRequiredAuthException, CompletableFuture<AuthenticationResult>> interaction;

    TokenOrInteraction(
            PublicClientApplication app,
            SilentRequest request,
            Function<InteractionRequiredAuthException, CompletableFuture<AuthenticationResult>> interaction) {
        this.app = app;
        this.request = request;
        this.interaction = interaction;
    }

    CompletableFuture<AuthenticationResult> acquire() {
        return onFailure(app.acquireTokenSilent(request), error -> {
            InteractionRequiredAuthException required = asPersonRequired(error);
            return required == null ? CompletableFuture.failedFuture(error) : askInTurn(required);
        });
    }

    /** The request to ask the person with: the same needs, and the claims the authority wants satisfied. */
    static PopupRequest popup(SilentRequest request, InteractionRequiredAuthException required) {
        return PopupRequest.builder(request.scopes())
                .account(request.account().orElse(null))
                .authority(request.authority().orElse(null))
                .tenantId(request.tenantId().orElse(null))
                .resource(request.resource().orElse(null))
                .claims(required.claims().or(request::claims).orElse(null))
                .extraParameters(request.extraParameters())
                .cacheKeyComponent(request.cacheKeyComponent().orElse(null))
                .storeInCache(request.storeInCache())
                .correlationId(request.correlationId().orElse(null))
                .state(request.state().orElse(null))
                .build();
    }

    private CompletableFuture<AuthenticationResult> askInTurn(InteractionRequiredAuthException required) {
        if (app.interactionStatus() != InteractionStatus.NONE) {
            return afterTheOther();
        }
        return onFailure(
                interaction.apply(required),
                error -> isTurnLost(error) ? afterTheOther() : CompletableFuture.failedFuture(error));
    }

    private CompletableFuture<AuthenticationResult> afterTheOther() {
        return app.whenInteractionStatusNone().thenCompose(none -> acquire());
    }

    private static CompletableFuture<AuthenticationResult> onFailure(
            CompletableFuture<AuthenticationResult> call,
            Function<Throwable, CompletableFuture<AuthenticationResult>> then) {
        return call.exceptionallyCompose(error -> then.apply(Futures.failure(error)));
    }

    private static boolean isTurnLost(Throwable error) {
        return error instanceof AuthException failure && failure.errorCode().equals(ErrorCodes.INTERACTION_IN_PROGRESS);
    }

    /** Nobody signed in yet is a reason to ask as well. */
    private static @Nullable InteractionRequiredAuthException asPersonRequired(Throwable error) {
        if (error instanceof InteractionRequiredAuthException required) {
            return required;
        }
        return error instanceof AuthException failure && failure.errorCode().equals(ErrorCodes.NO_ACCOUNT_ERROR)
                ? new InteractionRequiredAuthException(failure.details().cause(failure))
                : null;
    }
}
