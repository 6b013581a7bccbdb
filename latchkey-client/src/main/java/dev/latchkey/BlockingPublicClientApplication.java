package dev.latchkey;

import dev.latchkey.core.Secret;
import dev.latchkey.core.account.Account;
import dev.latchkey.core.account.AccountFilter;
import dev.latchkey.core.account.PartitionKey;
import dev.latchkey.core.error.AuthException;
import dev.latchkey.core.error.InteractionRequiredAuthException;
import dev.latchkey.core.error.NetworkException;
import dev.latchkey.core.http.Parameters;
import dev.latchkey.core.json.JsonObject;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The blocking form of {@link PublicClientApplication}: the same calls on the same engine return the result directly
 * and throw the {@link AuthException} unwrapped. An interrupted wait throws {@link NetworkException}, code {@code
 * interrupted}, and leaves the thread's interrupt flag set. Thread-safe.
 */
public final class BlockingPublicClientApplication {
    private final PublicClientApplication app;

    BlockingPublicClientApplication(PublicClientApplication app) {
        this.app = app;
    }

    /** See {@link PublicClientApplication#acquireTokenSilent}. */
    public AuthenticationResult acquireTokenSilent(SilentRequest request) {
        AuthenticationResult hit = app.engine.open().silent().fromCache(request);
        return hit != null ? hit : Futures.await(app.acquireTokenSilent(request));
    }

    /** See {@link PublicClientApplication#acquireTokenPopup}. */
    public AuthenticationResult acquireTokenPopup(PopupRequest request) {
        return Futures.await(app.acquireTokenPopup(request));
    }

    /** See {@link PublicClientApplication#loginPopup}. */
    public AuthenticationResult loginPopup(PopupRequest request) {
        return Futures.await(app.loginPopup(request));
    }

    /** See {@link PublicClientApplication#acquireTokenByDeviceCode}. */
    public AuthenticationResult acquireTokenByDeviceCode(DeviceCodeRequest request) {
        return Futures.await(app.acquireTokenByDeviceCode(request));
    }

    /** See {@link PublicClientApplication#acquireToken(SilentRequest)}. */
    public AuthenticationResult acquireToken(SilentRequest request) {
        return Futures.await(app.acquireToken(request));
    }

    /** See {@link PublicClientApplication#acquireToken(SilentRequest, Function)}. */
    public AuthenticationResult acquireToken(
            SilentRequest request,
            Function<InteractionRequiredAuthException, CompletableFuture<AuthenticationResult>> interaction) {
        return Futures.await(app.acquireToken(request, interaction));
    }

    /** See {@link PublicClientApplication#ssoSilent}. */
    public AuthenticationResult ssoSilent(SsoSilentRequest request) {
        return Futures.await(app.ssoSilent(request));
    }

    /** See {@link PublicClientApplication#accounts()}. */
    public List<Account> accounts() {
        return Futures.await(app.accounts());
    }

    /** See {@link ClientApplication#accounts(AccountFilter)}. */
    public List<Account> accounts(AccountFilter filter) {
        return Futures.await(app.accounts(filter));
    }

    /** See {@link ClientApplication#accounts(PartitionKey)}. */
    public List<Account> accounts(PartitionKey key) {
        return Futures.await(app.accounts(key));
    }

    /** See {@link ClientApplication#account}. */
    public Optional<Account> account(AccountFilter filter) {
        return Futures.await(app.account(filter));
    }

    /** See {@link PublicClientApplication#activeAccount}. */
    public Optional<Account> activeAccount() {
        return Futures.await(app.activeAccount());
    }

    /** See {@link PublicClientApplication#setActiveAccount}. */
    public void setActiveAccount(@Nullable Account account) {
        Futures.await(app.setActiveAccount(account));
    }

    /** See {@link PublicClientApplication#clearCache()}. */
    public void clearCache() {
        Futures.await(app.clearCache());
    }

    /** See {@link ClientApplication#clearCache(Account)}. */
    public void clearCache(Account account) {
        Futures.await(app.clearCache(account));
    }

    /** See {@link PublicClientApplication#userInfo}. */
    public JsonObject userInfo(AuthenticationResult result) {
        return Futures.await(app.userInfo(result));
    }

    /** See {@link PublicClientApplication#logoutPopup}. */
    public void logoutPopup(LogoutRequest request) {
        Futures.await(app.logoutPopup(request));
    }

    /** See {@link PublicClientApplication#logout}. */
    public URI logout(LogoutRequest request) {
        return Futures.await(app.logout(request));
    }

    /** See {@link ClientApplication#endSessionUri}. */
    public Optional<URI> endSessionUri(LogoutRequest request) {
        return Futures.await(app.endSessionUri(request));
    }

    /** See {@link ClientApplication#acquireTokenRedirect}. */
    public RedirectSignIn acquireTokenRedirect(RedirectRequest request) {
        return Futures.await(app.acquireTokenRedirect(request));
    }

    /** See {@link ClientApplication#handleRedirect(Secret, Parameters)}. */
    public AuthenticationResult handleRedirect(Secret saved, Parameters answer) {
        return Futures.await(app.handleRedirect(saved, answer));
    }

    /** See {@link ClientApplication#handleRedirect(Secret, URI)}. */
    public AuthenticationResult handleRedirect(Secret saved, URI answer) {
        return Futures.await(app.handleRedirect(saved, answer));
    }
}
