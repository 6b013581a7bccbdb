package dev.latchkey.integration.popup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.microsoft.playwright.Page;
import dev.latchkey.AuthenticationResult;
import dev.latchkey.LogoutRequest;
import dev.latchkey.PopupRequest;
import dev.latchkey.PublicClientApplication;
import dev.latchkey.SilentRequest;
import dev.latchkey.core.account.Account;
import dev.latchkey.core.error.InteractionRequiredAuthException;
import dev.latchkey.core.json.JsonObject;
import dev.latchkey.integration.browser.ChromiumBrowser;
import dev.latchkey.integration.keycloak.KeycloakLoginPage;
import dev.latchkey.integration.keycloak.KeycloakServer;
import dev.latchkey.integration.keycloak.WithKeycloak;
import dev.latchkey.interaction.LoopbackOptions;
import dev.latchkey.store.MemoryTokenStore;
import dev.latchkey.store.TokenStore;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Sign-in, cache, rotating refresh and sign-out with an independent authority. */
@WithKeycloak
final class KeycloakPopupTest {
    @RegisterExtension
    static final ChromiumBrowser CHROMIUM = new ChromiumBrowser();

    private final HandedOver browser = new HandedOver();
    private final TokenStore store = MemoryTokenStore.create();
    private PublicClientApplication app;
    private AuthenticationResult signedIn;
    private Page page;

    @BeforeEach
    void signIn(KeycloakServer keycloak) throws Exception {
        app = PublicClientApplication.builder(KeycloakServer.CLIENT_ID)
                .authority(keycloak.issuer().toString())
                .defaultScopes("openid", "profile")
                .userAgent(browser)
                .loopback(LoopbackOptions.builder().host("127.0.0.1").build())
                .store(store)
                .build();
        CompletableFuture<AuthenticationResult> result = app.loginPopup(PopupRequest.of("email"));
        page = CHROMIUM.newPage();
        page.navigate(browser.next());
        KeycloakLoginPage.signIn(page, KeycloakServer.USERNAME, KeycloakServer.PASSWORD);
        signedIn = result.get(30, TimeUnit.SECONDS);
        // The response was sent, but the browser may not have reached the last page.
        page.waitForURL(url -> !url.contains("/realms/"));
    }

    @AfterEach
    void stop() {
        app.close();
    }

    @Test
    void loginPopup_realLoginPage_accountAndVerifiedIdToken(KeycloakServer keycloak) {
        assertThat(signedIn.account().orElseThrow().username()).isEqualTo("alice");
        assertThat(signedIn.idTokenClaims().string("iss"))
                .isEqualTo(keycloak.issuer().toString());
        JsonObject userInfo = app.blocking().userInfo(signedIn);
        assertThat(userInfo.string("preferred_username")).isEqualTo("alice");
    }

    @Test
    void acquireTokenSilent_fromCacheThenByRotatingRefresh(KeycloakServer keycloak) {
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
    void logoutPopup_sessionAtKeycloakEndsAndTokensAreGone(KeycloakServer keycloak) throws Exception {
        Account account = signedIn.account().orElseThrow();
        app.blocking().logoutPopup(LogoutRequest.of(account));
        page.navigate(browser.next());
        page.locator("#kc-page-title").getByText("You are logged out").waitFor();

        assertThat(app.blocking().accounts()).isEmpty();
        assertThatThrownBy(() -> app.blocking()
                        .acquireTokenSilent(
                                SilentRequest.builder("email").account(account).build()))
                .isInstanceOf(InteractionRequiredAuthException.class);

        CompletableFuture<AuthenticationResult> again = app.acquireTokenPopup(PopupRequest.of("email"));
        page.navigate(browser.next());
        page.locator("#username").waitFor();
        again.cancel(true);
    }

    private String refreshToken(Account account) {
        return store.read(account.partitionKey())
                .partition()
                .refreshToken(KeycloakServer.CLIENT_ID)
                .secret()
                .reveal();
    }
}
