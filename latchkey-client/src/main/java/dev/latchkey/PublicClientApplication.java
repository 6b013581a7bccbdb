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
 * A public client (RFC 6749 section 2.1): a desktop or command-line program that signs users in and calls APIs for
 * them. Create one per program and keep it. Thread-safe; uses the network only when a call needs it.
 *
 * <p>Usage: call {@link #acquireTokenSilent} before every API call; if it fails with {@link
 * InteractionRequiredAuthException}, call {@link #acquireTokenPopup} with the same scopes. {@link #acquireToken}
 * combines both.
 *
 * <p>One interaction with the user runs at a time; cancelling its future ends it. {@link #blocking()} returns the
 * blocking form, which throws an {@link AuthException} unwrapped.
 */
public final class PublicClientApplication extends ClientApplication {
    private final BlockingPublicClientApplication blocking = new BlockingPublicClientApplication(this);

    PublicClientApplication(Engine engine) {
        super(engine);
    }

    /** Starts a builder of an application; the authority defaults to Entra's {@code common}. */
    public static PublicClientApplicationBuilder builder(String clientId) {
        return new PublicClientApplicationBuilder(clientId);
    }

    /**
     * Acquires a token interactively in a browser window. One interaction runs at a time; a second call fails with
     * {@code interaction_in_progress}. Ends by itself after the request's timeout.
     */
    public CompletableFuture<AuthenticationResult> acquireTokenPopup(PopupRequest request) {
        return engine.open().interactive().acquire(request);
    }

    /**
     * Signs a user in: an alias of {@link #acquireTokenPopup}. The first account to sign in becomes the active account.
     */
    public CompletableFuture<AuthenticationResult> loginPopup(PopupRequest request) {
        return acquireTokenPopup(request);
    }

    /** Acquires a token by letting the user sign in on another device (RFC 8628). */
    public CompletableFuture<AuthenticationResult> acquireTokenByDeviceCode(DeviceCodeRequest request) {
        return engine.open().deviceCode().acquire(request);
    }

    /**
     * Acquires a token silently, or through {@code interaction} if the user must interact or nobody has signed in yet.
     * If another interaction is running, the call waits for it to end and tries silently again before it starts its
     * own.
     *
     * @param request the silent request
     * @param interaction starts the interaction, for example {@code app::acquireTokenPopup} with a request for the same
     *     scopes; receives the error, the claims of which go into that request
     */
    public CompletableFuture<AuthenticationResult> acquireToken(
            SilentRequest request,
            Function<InteractionRequiredAuthException, CompletableFuture<AuthenticationResult>> interaction) {
        return new TokenOrInteraction(this, request, interaction).acquire();
    }

    /** Like {@link #acquireToken(SilentRequest, Function)}, with {@link #acquireTokenPopup} as the interaction. */
    public CompletableFuture<AuthenticationResult> acquireToken(SilentRequest request) {
        return acquireToken(request, required -> acquireTokenPopup(TokenOrInteraction.popup(request, required)));
    }

    /**
     * Signs in without user interaction, from the accounts known locally: the one account that the hint names, or the
     * only account. A Java process has no hidden frame with which to find a session at the authority; if no account
     * fits, the call fails with {@link InteractionRequiredAuthException}, code {@code silent_sso_unavailable}.
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
     * All accounts that signed in at the application's own authority, once per tenant, in no particular order. If
     * programs of one family share the store, an account that signed in to one of them is listed for all.
     */
    public CompletableFuture<List<Account>> accounts() {
        return accounts(AccountFilter.EMPTY);
    }

    /** The account used by requests that name none, as long as it is signed in; stored with the tokens. */
    public CompletableFuture<Optional<Account>> activeAccount() {
        return engine.open().accounts().active();
    }

    /**
     * Sets or clears the active account. Fails with a {@link ClientConfigurationException}, code {@code
     * authority_mismatch}, for an account of an authority other than the application's own.
     */
    public CompletableFuture<Void> setActiveAccount(@Nullable Account account) {
        return engine.open().accounts().activate(account);
    }

    /**
     * Signs an account out: revokes its refresh token if the authority supports that, removes its local tokens, and
     * ends the user's session at the authority in the browser. The local tokens are removed even if the call fails.
     */
    public CompletableFuture<Void> logoutPopup(LogoutRequest request) {
        return engine.open().logout().popup(request);
    }

    /**
     * Removes all local tokens of this application without notifying the authority. Tokens for accounts of another
     * authority are kept: {@link #clearCache(Account)} removes them one account at a time.
     */
    public CompletableFuture<Void> clearCache() {
        return engine.open().logout().clear(null);
    }

    /** The interaction in progress with the user. */
    public InteractionStatus interactionStatus() {
        return engine.guard().status();
    }

    /** Completes when no interaction is running: at once, or later on the executor. */
    public CompletableFuture<Void> whenInteractionStatusNone() {
        return engine.open().guard().whenNone();
    }

    /** The blocking form of this application. */
    public BlockingPublicClientApplication blocking() {
        return blocking;
    }
}
