package dev.latchkey;

import dev.latchkey.core.Secret;
import dev.latchkey.core.account.Account;
import dev.latchkey.core.account.AccountFilter;
import dev.latchkey.core.account.PartitionKey;
import dev.latchkey.core.error.AuthException;
import dev.latchkey.core.error.ClientAuthException;
import dev.latchkey.core.error.ErrorCodes;
import dev.latchkey.core.error.InteractionRequiredAuthException;
import dev.latchkey.core.http.Parameters;
import dev.latchkey.core.json.JsonObject;
import dev.latchkey.internal.Engine;
import dev.latchkey.internal.interactive.RedirectAcquisition;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Flow;
import java.util.function.Consumer;

/**
 * What public and confidential clients (RFC 6749 section 2.1) have in common: getting tokens silently, signing people in
 * by redirect, knowing who signed in, signing them out. Thread-safe; asks nothing of the network until a call needs it.
 *
 * <p><b>Threads.</b> Every call returns at once. A silent call that the cache can serve is complete when it returns;
 * otherwise its future completes on the application's executor (or, where a deadline passes, on the scheduler), never on
 * the common pool. Cancelling a future of a silent call ends the wait of that caller only. Hits of one request may be one
 * completed future: compare results, not futures; its outcome cannot be obtruded.
 *
 * <p><b>Failures.</b> Futures fail with an {@link AuthException}, which a {@code join()} wraps in a {@link
 * CompletionException}. Calls of a closed application throw {@link IllegalStateException}.
 */
public abstract sealed class ClientApplication implements AutoCloseable
        permits PublicClientApplication, ConfidentialClientApplication {
    final Engine engine;

    ClientApplication(Engine engine) {
        this.engine = engine;
    }

    /**
     * Gets a token without asking anybody: from the cache if one is good, else by refresh token. Calls for the same at
     * the same time share one request to the authority.
     *
     * <p>Fails with {@link InteractionRequiredAuthException} if only the person can help.
     */
    public final CompletableFuture<AuthenticationResult> acquireTokenSilent(SilentRequest request) {
        return engine.open().silent().acquire(request);
    }

    /**
     * Begins a sign-in by redirect, for a program that serves web pages: the future holds where to send the person, and
     * what to keep in their session until the answer comes. Any number run at a time, for any number of people. The
     * account that signs in does not become the application's active one.
     */
    public final CompletableFuture<RedirectSignIn> acquireTokenRedirect(RedirectRequest request) {
        return engine.open().redirect().begin(request);
    }

    /**
     * Takes in the answer that came to the redirect URI: checks it against what was sent, redeems the code, verifies the
     * ID token, stores the tokens. May run on another machine than the one that began, with the same settings and store.
     *
     * @param saved what {@link #acquireTokenRedirect} gave to be saved, out of this person's session and of no other;
     *     forget it before the call, for an answer counts once
     * @param answer the parameters that came
     */
    public final CompletableFuture<AuthenticationResult> handleRedirect(Secret saved, Parameters answer) {
        return engine.open().redirect().finish(saved, answer, null);
    }

    /**
     * As {@link #handleRedirect(Secret, Parameters)}, checking as well that the answer came to the redirect URI of this
     * sign-in. Needed by an application that uses several issuers of which one sends no {@code iss} with its answers
     * (RFC 9700 section 4.4.2); without it such an answer fails with {@code issuer_not_identified}.
     *
     * @param answer the address that the person came back to, with the parameters in its query
     */
    public final CompletableFuture<AuthenticationResult> handleRedirect(Secret saved, URI answer) {
        RedirectAcquisition redirect = engine.open().redirect();
        String query = answer.getRawQuery();
        try {
            return redirect.finish(saved, query == null ? Parameters.NONE : Parameters.decode(query), answer);
        } catch (IllegalArgumentException e) {
            return CompletableFuture.failedFuture(new ClientAuthException(
                    ErrorCodes.FAILED_TO_PARSE_RESPONSE, "the query of the answer's address cannot be read"));
        }
    }

    /** The person's claims from the authority's user info endpoint, about the subject of the result's ID token. */
    public final CompletableFuture<JsonObject> userInfo(AuthenticationResult result) {
        return engine.open().userInfo().about(result);
    }

    /**
     * The accounts of the application's own authority that match, or of the one that the filter names; an empty filter
     * matches all.
     */
    public final CompletableFuture<List<Account>> accounts(AccountFilter filter) {
        return engine.open().accounts().accounts(filter);
    }

    /**
     * The account of the application's own authority that rests under a key, once per tenant it was seen in, home first;
     * costs one look-up.
     */
    public final CompletableFuture<List<Account>> accounts(PartitionKey key) {
        return engine.open().accounts().accounts(key);
    }

    /** The first account that matches; an empty filter matches none. */
    public final CompletableFuture<Optional<Account>> account(AccountFilter filter) {
        return engine.open().accounts().account(filter);
    }

    /**
     * Signs an account out: revokes its refresh token where the authority can, and removes its tokens here. The future
     * holds the address at which the person's session at the authority ends, for the caller to show. The tokens here are
     * gone even if the call fails.
     */
    public final CompletableFuture<URI> logout(LogoutRequest request) {
        return engine.open().logout().here(request);
    }

    /**
     * Where the person's session at the authority ends; empty if it has no page for that. The tokens here stay: for a
     * person who goes on working in another place.
     */
    public final CompletableFuture<Optional<URI>> endSessionUri(LogoutRequest request) {
        return engine.open().logout().endSessionUri(request);
    }

    /** Removes the tokens of an account here, without telling the authority; others stay whole. */
    public final CompletableFuture<Void> clearCache(Account account) {
        return engine.open().logout().clear(account);
    }

    /**
     * Tells a callback what happens: one event at a time, in order, on a thread that a call runs on. It must not block;
     * what it throws is logged and breaks nothing.
     *
     * @param types only these, or all if none is named
     * @return the id for {@link #removeEventCallback}
     */
    public final String addEventCallback(Consumer<EventMessage> callback, EventType... types) {
        return engine.open().events().add(callback, types);
    }

    /** Takes a callback away; unknown ids are passed over. */
    public final void removeEventCallback(String id) {
        engine.events().remove(id);
    }

    /** The events as a stream; a subscriber that lags far behind misses some. */
    public final Flow.Publisher<EventMessage> events() {
        return engine.open().events().publisher();
    }

    /** The id it is registered under. */
    public final String clientId() {
        return engine.settings().identity().clientId();
    }

    /** The address of the authority it uses unless a request names another. */
    public final String authority() {
        return engine.settings().identity().authority().toString();
    }

    /**
     * Whether an address is of the application's own issuer: a tenant of its Entra cloud, a policy of its B2C tenant, else
     * the very same authority. Asks nobody.
     *
     * @throws dev.latchkey.core.error.ClientConfigurationException if the address is malformed or insecure
     */
    public final boolean isOwnIssuer(String authority) {
        return engine.parts().belonging().isOwnIssuer(authority);
    }

    /**
     * Takes no more calls: each throws {@link IllegalStateException}, but for those that only tell how the application was
     * built. A running interaction ends with {@code user_cancelled}, and so does the event stream; running silent calls go
     * on with what they have already asked. The application's own HTTP client is closed; an executor, a scheduler, a
     * transport and a store that were given to it are their owner's. A second call does nothing.
     */
    @Override
    public final void close() {
        engine.close();
    }
}
