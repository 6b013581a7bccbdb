package dev.latchkey;

import dev.latchkey.core.Secret;
import dev.latchkey.core.account.Account;
import dev.latchkey.core.account.AccountFilter;
import dev.latchkey.core.account.PartitionKey;
import dev.latchkey.core.error.AuthException;
import dev.latchkey.core.error.ErrorCodes;
import dev.latchkey.core.error.InteractionRequiredAuthException;
import dev.latchkey.core.error.NetworkException;
import dev.latchkey.core.http.Parameters;
import dev.latchkey.core.json.JsonObject;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
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
        return hit != null ? hit : await(app.acquireTokenSilent(request));
    }

    /** See {@link PublicClientApplication#acquireTokenPopup}. */
    public AuthenticationResult acquireTokenPopup(PopupRequest request) {
        return await(app.acquireTokenPopup(request));
    }

    /** See {@link PublicClientApplication#loginPopup}. */
    public AuthenticationResult loginPopup(PopupRequest request) {
        return await(app.loginPopup(request));
    }

    /** See {@link PublicClientApplication#acquireTokenByDeviceCode}. */
    public AuthenticationResult acquireTokenByDeviceCode(DeviceCodeRequest request) {
        return await(app.acquireTokenByDeviceCode(request));
    }

    /** See {@link PublicClientApplication#acquireToken(SilentRequest)}. */
    public AuthenticationResult acquireToken(SilentRequest request) {
        return await(app.acquireToken(request));
    }

    /** See {@link PublicClientApplication#acquireToken(SilentRequest, Function)}. */
    public AuthenticationResult acquireToken(
            SilentRequest request,
            Function<InteractionRequiredAuthException, CompletableFuture<AuthenticationResult>> interaction) {
        return await(app.acquireToken(request, interaction));
    }

    /** See {@link PublicClientApplication#ssoSilent}. */
    public AuthenticationResult ssoSilent(SsoSilentRequest request) {
        return await(app.ssoSilent(request));
    }

    /** See {@link PublicClientApplication#accounts()}. */
    public List<Account> accounts() {
        return await(app.accounts());
    }

    /** See {@link ClientApplication#accounts(AccountFilter)}. */
    public List<Account> accounts(AccountFilter filter) {
        return await(app.accounts(filter));
    }

    /** See {@link ClientApplication#accounts(PartitionKey)}. */
    public List<Account> accounts(PartitionKey key) {
        return await(app.accounts(key));
    }

    /** See {@link ClientApplication#account}. */
    public Optional<Account> account(AccountFilter filter) {
        return await(app.account(filter));
    }

    /** See {@link PublicClientApplication#activeAccount}. */
    public Optional<Account> activeAccount() {
        return await(app.activeAccount());
    }

    /** See {@link PublicClientApplication#setActiveAccount}. */
    public void setActiveAccount(@Nullable Account account) {
        await(app.setActiveAccount(account));
    }

    /** See {@link PublicClientApplication#clearCache()}. */
    public void clearCache() {
        await(app.clearCache());
    }

    /** See {@link ClientApplication#clearCache(Account)}. */
    public void clearCache(Account account) {
        await(app.clearCache(account));
    }

    /** See {@link PublicClientApplication#userInfo}. */
    public JsonObject userInfo(AuthenticationResult result) {
        return await(app.userInfo(result));
    }

    /** See {@link PublicClientApplication#logoutPopup}. */
    public void logoutPopup(LogoutRequest request) {
        await(app.logoutPopup(request));
    }

    /** See {@link PublicClientApplication#logout}. */
    public URI logout(LogoutRequest request) {
        return await(app.logout(request));
    }

    /** See {@link ClientApplication#endSessionUri}. */
    public Optional<URI> endSessionUri(LogoutRequest request) {
        return await(app.endSessionUri(request));
    }

    /** See {@link ClientApplication#acquireTokenRedirect}. */
    public RedirectSignIn acquireTokenRedirect(RedirectRequest request) {
        return await(app.acquireTokenRedirect(request));
    }

    /** See {@link ClientApplication#handleRedirect(Secret, Parameters)}. */
    public AuthenticationResult handleRedirect(Secret saved, Parameters answer) {
        return await(app.handleRedirect(saved, answer));
    }

    /** See {@link ClientApplication#handleRedirect(Secret, URI)}. */
    public AuthenticationResult handleRedirect(Secret saved, URI answer) {
        return await(app.handleRedirect(saved, answer));
    }

    private static <T> T await(CompletableFuture<T> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            future.cancel(true);
            Thread.currentThread().interrupt();
            throw new NetworkException(ErrorCodes.INTERRUPTED, "the thread was interrupted while it waited");
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            if (e.getCause() instanceof Error cause) {
                throw cause;
            }
            throw new CancellationException(e.getMessage());
        }
    }
}
