package dev.latchkey;

import dev.latchkey.core.error.AuthException;
import dev.latchkey.core.error.ErrorCodes;
import dev.latchkey.core.error.InteractionRequiredAuthException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Silent first; then, only if the person has to be asked, wait for our turn, silent again, ask. */
final class TokenOrInteraction {
    private TokenOrInteraction() {}

    static CompletableFuture<AuthenticationResult> acquire(
            PublicClientApplication app,
            SilentRequest request,
            Function<InteractionRequiredAuthException, CompletableFuture<AuthenticationResult>> interaction) {
        return ifPersonRequired(
                app.acquireTokenSilent(request),
                first -> app.interactionStatus() == InteractionStatus.NONE
                        ? interaction.apply(first)
                        : app.whenInteractionStatusNone()
                                .thenCompose(none -> ifPersonRequired(app.acquireTokenSilent(request), interaction)));
    }

    /** The request to ask the person with: the same needs, and the claims the authority wants satisfied. */
    static PopupRequest popup(SilentRequest request, InteractionRequiredAuthException required) {
        return PopupRequest.builder(request.scopes())
                .account(request.account().orElse(null))
                .authority(request.authority().orElse(null))
                .tenantId(request.tenantId().orElse(null))
                .resource(request.resource().orElse(null))
                .claims(required.claims().or(request::claims).orElse(null))
                .storeInCache(request.storeInCache())
                .state(request.state().orElse(null))
                .build();
    }

    private static CompletableFuture<AuthenticationResult> ifPersonRequired(
            CompletableFuture<AuthenticationResult> silent,
            Function<InteractionRequiredAuthException, CompletableFuture<AuthenticationResult>> then) {
        return silent.exceptionallyCompose(error -> {
            Throwable cause =
                    error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
            InteractionRequiredAuthException required = asPersonRequired(cause);
            return required == null ? CompletableFuture.failedFuture(cause) : then.apply(required);
        });
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
