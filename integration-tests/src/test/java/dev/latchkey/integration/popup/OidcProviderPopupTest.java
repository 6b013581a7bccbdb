package dev.latchkey.integration.popup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.WaitForSelectorState;
import dev.latchkey.AuthenticationResult;
import dev.latchkey.DeviceCodeRequest;
import dev.latchkey.LogoutRequest;
import dev.latchkey.PopupRequest;
import dev.latchkey.PublicClientApplication;
import dev.latchkey.SilentRequest;
import dev.latchkey.core.Scopes;
import dev.latchkey.core.account.Account;
import dev.latchkey.core.error.AuthException;
import dev.latchkey.core.error.InteractionRequiredAuthException;
import dev.latchkey.core.json.JsonObject;
import dev.latchkey.core.token.DeviceCodeResponse;
import dev.latchkey.integration.browser.ChromiumBrowser;
import dev.latchkey.interaction.LoopbackOptions;
import dev.latchkey.store.MemoryTokenStore;
import dev.latchkey.store.TokenStore;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Sign-in, user info, cache, rotating refresh, device code and sign-out at oidc-provider. */
final class OidcProviderPopupTest {
    @RegisterExtension
    static final ChromiumBrowser CHROMIUM = new ChromiumBrowser();

    private static OidcProviderServer provider;

    private final HandedOver browser = new HandedOver();
    private final TokenStore store = MemoryTokenStore.create();
    private PublicClientApplication app;
    private Page page;

    @BeforeAll
    static void startProvider() {
        provider = OidcProviderServer.start();
    }

    @AfterAll
    static void stopProvider() {
        if (provider != null) {
            provider.close();
        }
    }

    @BeforeEach
    void start() {
        page = CHROMIUM.newPage();
        app = PublicClientApplication.builder(OidcProviderServer.CLIENT_ID)
                .authority(provider.issuer().toString())
                .userAgent(browser)
                .loopback(LoopbackOptions.builder()
                        .host("127.0.0.1")
                        .path("/callback")
                        .build())
                .store(store)
                .build();
    }

    @AfterEach
    void stop() {
        app.close();
    }

    @Test
    void loginPopup_accountAndVerifiedIdToken() throws Exception {
        AuthenticationResult signedIn = signIn();

        assertThat(signedIn.account().orElseThrow().username()).isEqualTo("alice");
        assertThat(signedIn.idTokenClaims().string("iss"))
                .isEqualTo(provider.issuer().toString());
        assertThat(signedIn.idTokenClaims().string("sub")).isEqualTo("alice");
        JsonObject userInfo = app.blocking().userInfo(signedIn);
        assertThat(userInfo.string("email")).isEqualTo("alice@people.example");
    }

    @Test
    void acquireTokenSilent_fromCacheThenByRotatingRefresh() throws Exception {
        AuthenticationResult signedIn = signIn();
        Account account = signedIn.account().orElseThrow();
        SilentRequest request = SilentRequest.builder("email").account(account).build();
        AuthenticationResult cached = app.blocking().acquireTokenSilent(request);
        assertThat(cached.fromCache()).isTrue();
        assertThat(cached.accessToken()).isEqualTo(signedIn.accessToken());

        String firstRefreshToken = refreshToken(account);
        AuthenticationResult first = app.blocking()
                .acquireTokenSilent(request.toBuilder().forceRefresh().build());
        String secondRefreshToken = refreshToken(account);
        AuthenticationResult second = app.blocking()
                .acquireTokenSilent(request.toBuilder().forceRefresh().build());

        assertThat(first.fromCache()).isFalse();
        assertThat(first.accessToken()).isNotEqualTo(signedIn.accessToken());
        assertThat(second.accessToken()).isNotEqualTo(first.accessToken());
        assertThat(secondRefreshToken).isNotEqualTo(firstRefreshToken);
    }

    @Test
    void logoutPopup_sessionEndsAndTokensAreGone() throws Exception {
        Account account = signIn().account().orElseThrow();
        app.blocking().logoutPopup(LogoutRequest.of(account));
        page.navigate(browser.next());
        page.locator("button[name=logout][value=yes]").click();
        page.getByText("Sign-out Success").first().waitFor();

        assertThat(app.blocking().accounts()).isEmpty();
        assertThatThrownBy(() -> app.blocking()
                        .acquireTokenSilent(
                                SilentRequest.builder("email").account(account).build()))
                .isInstanceOf(InteractionRequiredAuthException.class);

        CompletableFuture<AuthenticationResult> again = app.acquireTokenPopup(PopupRequest.of("email"));
        page.navigate(browser.next());
        page.locator("input[name=login]").waitFor();
        again.cancel(true);
    }

    @Test
    void loginPopup_cancelledOnItsPage_isAccessDenied() throws Exception {
        CompletableFuture<AuthenticationResult> result = app.loginPopup(PopupRequest.of("email"));
        page.navigate(browser.next());
        page.getByText("Cancel").click();

        assertThatThrownBy(() -> result.get(30, TimeUnit.SECONDS))
                .cause()
                .isInstanceOfSatisfying(
                        AuthException.class, e -> assertThat(e.errorCode()).isEqualTo("access_denied"));
        assertThat(app.blocking().accounts()).isEmpty();
    }

    @Test
    void deviceCode_pollsUntilThePersonHasConfirmed() throws Exception {
        CompletableFuture<DeviceCodeResponse> shown = new CompletableFuture<>();
        CompletableFuture<AuthenticationResult> result =
                app.acquireTokenByDeviceCode(DeviceCodeRequest.of(Scopes.of("email"), shown::complete));
        DeviceCodeResponse code = shown.get(30, TimeUnit.SECONDS);
        page.navigate(code.verificationUri().toString());
        page.locator("input[name=user_code]").fill(code.userCode());
        page.locator("button[type=submit]").click();
        page.getByText("Confirm Device").waitFor();
        page.locator("button[autofocus]").click();
        logIn();
        page.getByText("Sign-in Success").first().waitFor();

        AuthenticationResult tokens = result.get(30, TimeUnit.SECONDS);

        assertThat(tokens.account().orElseThrow().username()).isEqualTo("alice");
        assertThat(app.blocking().userInfo(tokens).string("sub")).isEqualTo("alice");
    }

    private AuthenticationResult signIn() throws Exception {
        // It gives a refresh token only to a client that has the person asked.
        CompletableFuture<AuthenticationResult> result =
                app.loginPopup(PopupRequest.builder("email").prompt("consent").build());
        page.navigate(browser.next());
        logIn();
        AuthenticationResult signedIn = result.get(30, TimeUnit.SECONDS);
        // The answer is out, but the browser may still be on its way to the last page.
        page.waitForURL(url -> !url.startsWith(provider.issuer().toString()));
        return signedIn;
    }

    private void logIn() {
        page.locator("input[name=login]").fill("alice");
        page.locator("input[name=password]").fill("any");
        page.locator("button[type=submit]").click();
        page.locator("input[name=prompt][value=consent]")
                .waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.ATTACHED));
        page.locator("button[type=submit]").click();
    }

    private String refreshToken(Account account) {
        return store.read(account.partitionKey())
                .partition()
                .refreshToken(OidcProviderServer.CLIENT_ID)
                .secret()
                .reveal();
    }
}
