package dev.latchkey;

import dev.latchkey.core.account.Account;
import dev.latchkey.core.account.AccountFilter;
import dev.latchkey.core.account.PartitionKey;
import dev.latchkey.core.error.AuthException;
import dev.latchkey.core.error.ClientConfigurationException;
import dev.latchkey.core.error.ErrorCodes;
import dev.latchkey.core.error.ErrorDetails;
import dev.latchkey.core.error.InteractionRequiredAuthException;
import dev.latchkey.internal.Engine;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A public client (RFC 6749 section 2.1): a desktop or command-line program that signs people in and calls APIs for them.
 * Make one per program and keep it; it is thread-safe and asks nothing of the network until a call needs it.
 *
 * <p>The pattern: {@link #acquireTokenSilent} before every API call; if it fails with {@link
 * InteractionRequiredAuthException}, {@link #acquireTokenPopup} with the same scopes. {@link #acquireToken} is both in
 * one.
 *
 * <p>One interaction with the person runs at a time; cancelling its future ends it. {@link #blocking()} is the same
 * application for code that waits, and throws an {@link AuthException} as it is.
 */
public final class PublicClientApplication extends ClientApplication {
    private final BlockingPublicClientApplication blocking = new BlockingPublicClientApplication(this);

    PublicClientApplication(Engine engine) {
        super(engine);
    }

    /** Starts an application; without an authority it is Entra's {@code common}. */
    public static PublicClientApplicationBuilder builder(String clientId) {
        return new PublicClientApplicationBuilder(clientId);
    }

    /**
     * Gets a token by asking the person in a browser window. One interaction runs at a time; a second call fails with
     * {@code interaction_in_progress}. Ends by itself after the request's timeout.
     */
    public CompletableFuture<AuthenticationResult> acquireTokenPopup(PopupRequest request) {
        return engine.open().interactive().acquire(request);
    }

    /** Signs somebody in: {@link #acquireTokenPopup} by its other name. The first to sign in is the active account. */
    public CompletableFuture<AuthenticationResult> loginPopup(PopupRequest request) {
        return acquireTokenPopup(request);
    }

    /** Gets a token by letting the person sign in on another device (RFC 8628). */
    public CompletableFuture<AuthenticationResult> acquireTokenByDeviceCode(DeviceCodeRequest request) {
        return engine.open().deviceCode().acquire(request);
    }

    /**
     * Gets a token silently and, only if that takes the person or nobody has signed in yet, by {@code interaction}. If
     * another interaction runs it waits for its end and tries silently once more, for that one may have helped, before
     * it asks.
     *
     * @param request what is wanted
     * @param interaction asks the person, for example {@code app::acquireTokenPopup} with a request of the same scopes;
     *     gets the error, whose claims go into the request
     */
    public CompletableFuture<AuthenticationResult> acquireToken(
            SilentRequest request,
            Function<InteractionRequiredAuthException, CompletableFuture<AuthenticationResult>> interaction) {
        return new TokenOrInteraction(this, request, interaction).acquire();
    }

    /** As {@link #acquireToken(SilentRequest, Function)}, asking by {@link #acquireTokenPopup}. */
    public CompletableFuture<AuthenticationResult> acquireToken(SilentRequest request) {
        return acquireToken(request, required -> acquireTokenPopup(TokenOrInteraction.popup(request, required)));
    }

    /**
     * Signs in without asking anybody, from what is already known here: the one account that the hint names, or the only
     * one. A Java process has no hidden frame to look for a session at the authority; where nothing is known the call
     * fails with {@link InteractionRequiredAuthException}, code {@code silent_sso_unavailable}.
     */
    public CompletableFuture<AuthenticationResult> ssoSilent(SsoSilentRequest request) {
        AccountFilter.Builder filter = AccountFilter.builder();
        request.loginHint().ifPresent(filter::loginHint);
        request.sid().ifPresent(filter::sid);
        return accounts(filter.build()).thenCompose(accounts -> ssoSilent(request, accounts));
    }

    private CompletableFuture<AuthenticationResult> ssoSilent(SsoSilentRequest request, List<Account> matching) {
        Map<PartitionKey, Account> found = new LinkedHashMap<>();
        // Of an account that is known in several tenants the first, home, is meant.
        matching.forEach(account -> found.putIfAbsent(account.partitionKey(), account));
        if (found.size() != 1) {
            return CompletableFuture.failedFuture(new InteractionRequiredAuthException(ErrorDetails.of(
                    ErrorCodes.SILENT_SSO_UNAVAILABLE,
                    found.size() + " accounts here match the hint, and without a page there is no hidden frame to ask"
                            + " the authority; use acquireTokenPopup or acquireTokenByDeviceCode")));
        }
        Account account = found.values().iterator().next();
        return acquireTokenSilent(
                SilentRequest.builder(request.scopes()).account(account).build());
    }

    /**
     * Everybody who signed in at the application's own authority, once per tenant; in no order. Where programs of one
     * family share the store, whoever signed in to one of them is listed for all.
     */
    public CompletableFuture<List<Account>> accounts() {
        return accounts(AccountFilter.EMPTY);
    }

    /** The account that requests without one are for, as long as it is signed in; kept with the tokens. */
    public CompletableFuture<Optional<Account>> activeAccount() {
        return engine.open().accounts().active();
    }

    /**
     * Makes an account the active one, or none. Fails with a {@link ClientConfigurationException}, code {@code
     * authority_mismatch}, for an account of another authority than the application's own.
     */
    public CompletableFuture<Void> setActiveAccount(@Nullable Account account) {
        return engine.open().accounts().activate(account);
    }

    /**
     * Signs an account out: revokes its refresh token where the authority can, removes its tokens here, ends the
     * person's session at the authority in the browser. The tokens here are gone even if the call fails.
     */
    public CompletableFuture<Void> logoutPopup(LogoutRequest request) {
        return engine.open().logout().popup(request);
    }

    /**
     * Removes all tokens of this application here, without telling the authority. Those of accounts of another authority
     * stay: {@link #clearCache(Account)} takes them one by one.
     */
    public CompletableFuture<Void> clearCache() {
        return engine.open().logout().clear(null);
    }

    /** What the person is being asked right now. */
    public InteractionStatus interactionStatus() {
        return engine.guard().status();
    }

    /** Completes when no interaction runs: at once, or later on the executor. */
    public CompletableFuture<Void> whenInteractionStatusNone() {
        return engine.open().guard().whenNone();
    }

    /** The same application for code that waits. */
    public BlockingPublicClientApplication blocking() {
        return blocking;
    }
}
