package dev.latchkey.spring.http;

import dev.latchkey.ClientApplication;
import dev.latchkey.core.account.Account;
import dev.latchkey.core.error.ErrorCodes;
import dev.latchkey.core.error.InteractionRequiredAuthException;
import dev.latchkey.spring.web.CurrentSession;
import dev.latchkey.web.WebSession;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Tokens of the account or session that the call names, otherwise of the session whose request this thread serves;
 * never of any other session.
 */
public final class SessionTokens implements TokenSource {
    private final ClientApplication application;
    private final CurrentSession current;

    /** Creates a source of tokens from this application. */
    public SessionTokens(ClientApplication application, CurrentSession current) {
        this.application = application;
        this.current = current;
    }

    @Override
    public Caller caller(Map<String, Object> attributes) {
        Optional<Account> account = CallerAttributes.accountOf(attributes);
        if (account.isPresent()) {
            return request -> application.acquireTokenSilent(
                    request.toBuilder().account(account.get()).build());
        }
        WebSession named = (WebSession) CallerAttributes.sessionOf(attributes);
        if (named != null) {
            return named::acquireTokenSilent;
        }
        CompletableFuture<Optional<WebSession>> session = current.get();
        return request -> session.thenCompose(found -> found.map(it -> it.acquireTokenSilent(request))
                .orElseGet(() -> CompletableFuture.failedFuture(nobody())));
    }

    private static InteractionRequiredAuthException nobody() {
        return new InteractionRequiredAuthException(
                ErrorCodes.NO_TOKENS_FOUND,
                "the call has no signed-in user: it does not belong to a request of a signed-in browser. Sign in, or"
                        + " name an account or a session with CallerAttributes");
    }
}
