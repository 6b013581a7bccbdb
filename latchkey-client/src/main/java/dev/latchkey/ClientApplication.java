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
 * Base class of public and confidential clients (RFC 6749 section 2.1): silent token acquisition, sign-in by redirect,
 * accounts and sign-out. Thread-safe; uses the network only when a call needs it.
 *
 * <p><b>Threads.</b> Every call returns at once. A silent call that the cache can serve is complete when it returns;
 * otherwise its future completes on the application's executor (or on the scheduler when a deadline passes), never on
 * the common pool. Cancelling the future of a silent call ends the wait of that caller only. Cache hits for one request
 * may share one completed future: compare results, not futures. Its outcome cannot be obtruded.
 *
 * <p><b>Failures.</b> Futures fail with an {@link AuthException}, which {@code join()} wraps in a {@link
 * CompletionException}. Calls to a closed application throw {@link IllegalStateException}.
 */
public abstract sealed class ClientApplication implements AutoCloseable
        permits PublicClientApplication, ConfidentialClientApplication {
    final Engine engine;

    ClientApplication(Engine engine) {
        this.engine = engine;
    }

    /**
     * Acquires a token without user interaction: from the cache if a valid one is there, otherwise with the refresh
     * token. Equal concurrent calls share one request to the authority.
     *
     * <p>Fails with {@link InteractionRequiredAuthException} if the user must interact.
     */
    public final CompletableFuture<AuthenticationResult> acquireTokenSilent(SilentRequest request) {
        return engine.open().silent().acquire(request);
    }

    /**
     * Begins a sign-in by redirect, for a program that serves web pages. The future holds the address to send the user
     * to, and the data to keep in the user's session until the response arrives. Any number of sign-ins may run at a
     * time, for any number of users. The account that signs in does not become the active account.
     */
    public final CompletableFuture<RedirectSignIn> acquireTokenRedirect(RedirectRequest request) {
        return engine.open().redirect().begin(request);
    }

    /**
     * Processes the response that arrived at the redirect URI: checks it against the request, redeems the code,
     * verifies the ID token and stores the tokens. May run on a different machine than the one that began the sign-in,
     * given the same settings and store.
     *
     * @param saved the data that {@link #acquireTokenRedirect} returned to be saved, taken from this user's session and
     *     no other; remove it from the session before the call, because a response may be used only once
     * @param answer the parameters of the response
     */
    public final CompletableFuture<AuthenticationResult> handleRedirect(Secret saved, Parameters answer) {
        return engine.open().redirect().finish(saved, answer, null);
    }

    /**
     * Like {@link #handleRedirect(Secret, Parameters)}, but also checks that the response arrived at the redirect URI
     * of this sign-in. Required if an application uses several issuers and one of them sends no {@code iss} in its
     * responses (RFC 9700 section 4.4.2); otherwise such a response fails with {@code issuer_not_identified}.
     *
     * @param answer the address that the user returned to, with the parameters in its query
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

    /** The user's claims from the authority's user info endpoint, for the subject of the result's ID token. */
    public final CompletableFuture<JsonObject> userInfo(AuthenticationResult result) {
        return engine.open().userInfo().about(result);
    }

    /**
     * The matching accounts of the application's own authority, or of the authority that the filter names. An empty
     * filter matches all.
     */
    public final CompletableFuture<List<Account>> accounts(AccountFilter filter) {
        return engine.open().accounts().accounts(filter);
    }

    /**
     * The account of the application's own authority stored under a key, once for each tenant it was seen in, home
     * tenant first. Costs one look-up.
     */
    public final CompletableFuture<List<Account>> accounts(PartitionKey key) {
        return engine.open().accounts().accounts(key);
    }

    /** The first account that matches; an empty filter matches none. */
    public final CompletableFuture<Optional<Account>> account(AccountFilter filter) {
        return engine.open().accounts().account(filter);
    }

    /**
     * Signs an account out: revokes its refresh token if the authority supports that, and removes its local tokens. The
     * future holds the address that ends the user's session at the authority, for the caller to show. The local tokens
     * are removed even if the call fails.
     */
    public final CompletableFuture<URI> logout(LogoutRequest request) {
        return engine.open().logout().here(request);
    }

    /**
     * The address that ends the user's session at the authority; empty if the authority has no page for that. Local
     * tokens are kept, for a user who continues to work elsewhere.
     */
    public final CompletableFuture<Optional<URI>> endSessionUri(LogoutRequest request) {
        return engine.open().logout().endSessionUri(request);
    }

    /** Removes the local tokens of an account without notifying the authority; other accounts are unaffected. */
    public final CompletableFuture<Void> clearCache(Account account) {
        return engine.open().logout().clear(account);
    }

    /**
     * Registers a callback for events. It receives one event at a time, in order, on a thread that a call runs on. It
     * must not block; exceptions it throws are logged and have no other effect.
     *
     * @param types the events to deliver; all if none is given
     * @return the id for {@link #removeEventCallback}
     */
    public final String addEventCallback(Consumer<EventMessage> callback, EventType... types) {
        return engine.open().events().add(callback, types);
    }

    /** Removes a callback; unknown ids are ignored. */
    public final void removeEventCallback(String id) {
        engine.events().remove(id);
    }

    /** The events as a stream; a subscriber that falls far behind misses some. */
    public final Flow.Publisher<EventMessage> events() {
        return engine.open().events().publisher();
    }

    /** The client id that the application is registered under. */
    public final String clientId() {
        return engine.settings().identity().clientId();
    }

    /** The address of the authority that is used unless a request names another. */
    public final String authority() {
        return engine.settings().identity().authority().toString();
    }

    /**
     * Whether an address belongs to the application's own issuer: a tenant of its Entra cloud, a policy of its B2C
     * tenant, or otherwise the same authority. Sends no request.
     *
     * @throws dev.latchkey.core.error.ClientConfigurationException if the address is malformed or insecure
     */
    public final boolean isOwnIssuer(String authority) {
        return engine.parts().belonging().isOwnIssuer(authority);
    }

    /**
     * Closes the application: later calls throw {@link IllegalStateException}, except those that only return how it was
     * built. A running interaction ends with {@code user_cancelled}, and the event stream ends; running silent calls
     * continue with the requests they have already sent. The application's own HTTP client is closed; an executor,
     * scheduler, transport or store that was passed in remains its owner's to close. A second call does nothing.
     */
    @Override
    public final void close() {
        engine.close();
    }
}
