package dev.latchkey;

import dev.latchkey.core.Secret;
import dev.latchkey.core.account.Account;
import dev.latchkey.core.account.AccountFilter;
import dev.latchkey.core.account.PartitionKey;
import dev.latchkey.core.http.Parameters;
import dev.latchkey.core.json.JsonObject;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.function.Consumer;

/**
 * What public and confidential clients (RFC 6749 section 2.1) have in common: getting tokens silently, signing people in
 * by redirect, knowing who signed in, signing them out. Threads and failures are those of {@link
 * PublicClientApplication}.
 */
public sealed interface ClientApplication extends AutoCloseable
        permits PublicClientApplication, ConfidentialClientApplication {
    /** See {@link PublicClientApplication#acquireTokenSilent}. */
    CompletableFuture<AuthenticationResult> acquireTokenSilent(SilentRequest request);

    /**
     * Begins a sign-in by redirect, for a program that serves web pages: the future holds where to send the person, and
     * what to keep in their session until the answer comes. Any number run at a time, for any number of people. The
     * account that signs in does not become the application's active one.
     */
    CompletableFuture<RedirectSignIn> acquireTokenRedirect(RedirectRequest request);

    /**
     * Takes in the answer that came to the redirect URI: checks it against what was sent, redeems the code, verifies the
     * ID token, stores the tokens. May run on another machine than the one that began, with the same settings and store.
     *
     * @param signIn what {@link #acquireTokenRedirect} gave to be saved, out of this person's session and of no other;
     *     forget it before the call, for an answer counts once
     * @param answer the parameters that came
     */
    CompletableFuture<AuthenticationResult> handleRedirect(Secret signIn, Parameters answer);

    /** The person's claims from the authority's user info endpoint, about the subject of the result's ID token. */
    CompletableFuture<JsonObject> userInfo(AuthenticationResult result);

    /** The accounts that match; an empty filter matches all. Reads the store. */
    List<Account> accounts(AccountFilter filter);

    /** The account that rests under a key, once per tenant it was seen in, home first; costs one look-up. */
    List<Account> accounts(PartitionKey key);

    /** The first account that matches; an empty filter matches none. Reads the store. */
    Optional<Account> account(AccountFilter filter);

    /** See {@link PublicClientApplication#logout}. */
    CompletableFuture<URI> logout(LogoutRequest request);

    /**
     * Where the person's session at the authority ends; empty if it has no page for that. The tokens here stay: for a
     * person who goes on working in another place.
     */
    CompletableFuture<Optional<URI>> endSessionUri(LogoutRequest request);

    /** Removes the tokens of an account here, without telling the authority; others stay whole. */
    void clearCache(Account account);

    /** See {@link PublicClientApplication#addEventCallback}. */
    String addEventCallback(Consumer<EventMessage> callback, EventType... types);

    /** Takes a callback away; unknown ids are passed over. */
    void removeEventCallback(String id);

    /** The events as a stream; a subscriber that lags far behind misses some. */
    Flow.Publisher<EventMessage> events();

    /** The id it is registered under. */
    String clientId();

    /** The address of the authority it uses unless a request names another. */
    String authority();

    /** Ends the event stream. Running calls go on; the executor, the transport and the store are their owner's. */
    @Override
    void close();
}
