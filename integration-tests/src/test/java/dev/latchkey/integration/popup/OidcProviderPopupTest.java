package dev.latchkey.integration.popup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.WaitForSelectorState;
import dev.latchkey.AuthenticationResult;
import dev.latchkey.LogoutRequest;
import dev.latchkey.PopupRequest;
import dev.latchkey.PublicClientApplication;
import dev.latchkey.SilentRequest;
import dev.latchkey.core.account.Account;
import dev.latchkey.core.error.InteractionRequiredAuthException;
import dev.latchkey.core.json.JsonObject;
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

/** Sign-in, user info, cache, rotating refresh and sign-out at oidc-provider. */
final class OidcProviderPopupTest {
    @RegisterExtension
    static final ChromiumBrowser CHROMIUM = new ChromiumBrowser();

    private static OidcProviderServer provider;

    private final HandedOver browser = new HandedOver();
    private final TokenStore store = MemoryTokenStore.create();
    private PublicClientApplication app;
    private AuthenticationResult signedIn;
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
    void signIn() throws Exception {
        app = PublicClientApplication.builder(OidcProviderServer.CLIENT_ID)
                .authority(provider.issuer().toString())
                .userAgent(browser)
                .loopback(LoopbackOptions.builder()
                        .host("127.0.0.1")
                        .path("/callback")
                        .build())
                .store(store)
                .build();
        // It gives a refresh token only to whom the person was asked for.
        CompletableFuture<AuthenticationResult> result =
                app.loginPopup(PopupRequest.builder("email").prompt("consent").build());
        page = CHROMIUM.newPage();
        page.navigate(browser.next());
        page.locator("input[name=login]").fill("alice");
        page.locator("input[name=password]").fill("any");
        page.locator("button[type=submit]").click();
        page.locator("input[name=prompt][value=consent]")
                .waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.ATTACHED));
        page.locator("button[type=submit]").click();
        signedIn = result.get(30, TimeUnit.SECONDS);
        // The answer is out, but the browser may still be on its way to the last page.
        page.waitForURL(url -> !url.startsWith(provider.issuer().toString()));
    }

    @AfterEach
    void stop() {
        app.close();
    }

    @Test
    void loginPopup_accountAndVerifiedIdToken() {
        assertThat(signedIn.account().orElseThrow().username()).isEqualTo("alice");
        assertThat(signedIn.idTokenClaims().string("iss"))
                .isEqualTo(provider.issuer().toString());
        assertThat(signedIn.idTokenClaims().string("sub")).isEqualTo("alice");
        JsonObject userInfo = app.blocking().userInfo(signedIn);
        assertThat(userInfo.string("email")).isEqualTo("alice@people.example");
    }

    @Test
    void acquireTokenSilent_fromCacheThenByRotatingRefresh() {
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
        Account account = signedIn.account().orElseThrow();
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

    private String refreshToken(Account account) {
        return store.read(account.partitionKey())
                .partition()
                .refreshToken(OidcProviderServer.CLIENT_ID)
                .secret()
                .reveal();
    }
}
