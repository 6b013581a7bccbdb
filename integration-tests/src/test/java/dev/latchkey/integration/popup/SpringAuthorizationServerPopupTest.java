package dev.latchkey.integration.popup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import dev.latchkey.AuthenticationResult;
import dev.latchkey.DeviceCodeRequest;
import dev.latchkey.LogoutRequest;
import dev.latchkey.PopupRequest;
import dev.latchkey.PublicClientApplication;
import dev.latchkey.PublicClientApplicationBuilder;
import dev.latchkey.SilentRequest;
import dev.latchkey.core.Scopes;
import dev.latchkey.core.Secret;
import dev.latchkey.core.account.Account;
import dev.latchkey.core.error.ErrorCodes;
import dev.latchkey.core.error.InteractionRequiredAuthException;
import dev.latchkey.core.error.ServerException;
import dev.latchkey.core.token.ClientAuthentication;
import dev.latchkey.core.token.DeviceCodeResponse;
import dev.latchkey.integration.browser.ChromiumBrowser;
import dev.latchkey.interaction.LoopbackOptions;
import dev.latchkey.store.MemoryTokenStore;
import dev.latchkey.store.TokenStore;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A client with a secret and one without sign in, renew and sign out at Spring Authorization Server. */
final class SpringAuthorizationServerPopupTest {
    @RegisterExtension
    static final ChromiumBrowser CHROMIUM = new ChromiumBrowser();

    private static SpringAuthorizationServer provider;

    private final HandedOver browser = new HandedOver();
    private final TokenStore store = MemoryTokenStore.create();
    private volatile Duration later = Duration.ZERO;
    private PublicClientApplication app;
    private Page page;

    @BeforeAll
    static void startProvider() {
        provider = SpringAuthorizationServer.start();
    }

    @AfterAll
    static void stopProvider() {
        if (provider != null) {
            provider.close();
        }
    }

    @BeforeEach
    void start() {
        // Its page for consent loads a style sheet.
        CHROMIUM.allowAttempts("https://stackpath.bootstrapcdn.com/");
        page = CHROMIUM.newPage();
        app = builder(SpringAuthorizationServer.CONFIDENTIAL_CLIENT_ID)
                .clientAuthentication(ClientAuthentication.secretBasic(Secret.of(SpringAuthorizationServer.SECRET)))
                .build();
    }

    @AfterEach
    void stop() {
        app.close();
    }

    @Test
    void loginPopup_clientWithASecret_accountVerifiedIdTokenAndUserInfo() throws Exception {
        AuthenticationResult signedIn = signIn();

        assertThat(signedIn.idTokenClaims().string("iss"))
                .isEqualTo(provider.issuer().toString());
        assertThat(signedIn.idTokenClaims().string("sub")).isEqualTo("alice");
        assertThat(signedIn.account().orElseThrow().username()).isEmpty();
        assertThat(app.blocking().userInfo(signedIn).string("sub")).isEqualTo("alice");
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
    void logoutPopup_sessionEndsAndRefreshTokenIsRevoked() throws Exception {
        Account account = signIn().account().orElseThrow();
        var before = store.read(account.partitionKey()).partition();
        app.blocking().logoutPopup(LogoutRequest.of(account));
        page.navigate(browser.next());

        assertThat(app.blocking().accounts()).isEmpty();
        store.write(account.partitionKey(), store.read(account.partitionKey()).version(), before, null);
        assertThatThrownBy(() -> app.blocking()
                        .acquireTokenSilent(SilentRequest.builder("email")
                                .account(account)
                                .forceRefresh()
                                .build()))
                .as("the refresh token as it was")
                .isInstanceOf(InteractionRequiredAuthException.class);

        CompletableFuture<AuthenticationResult> again = app.acquireTokenPopup(PopupRequest.of("email"));
        page.navigate(browser.next());
        page.locator("input[name=username]").waitFor();
        again.cancel(true);
    }

    /** It issues no ID tokens for device codes. */
    @Test
    void deviceCode_isRefusedBeforeAnyCodeIsShown() {
        CompletableFuture<DeviceCodeResponse> shown = new CompletableFuture<>();
        DeviceCodeRequest request = DeviceCodeRequest.of(Scopes.of("email"), shown::complete);

        assertThatThrownBy(() -> app.blocking().acquireTokenByDeviceCode(request))
                .isInstanceOfSatisfying(
                        ServerException.class, e -> assertThat(e.errorCode()).isEqualTo("invalid_scope"));
        assertThat(shown).isNotDone();
    }

    /** The same client with its secret in the form. */
    @Test
    void loginPopup_clientSecret_renews() throws Exception {
        app.close();
        app = builder(SpringAuthorizationServer.CONFIDENTIAL_CLIENT_ID)
                .clientSecret(SpringAuthorizationServer.SECRET)
                .build();
        AuthenticationResult signedIn = signIn();

        AuthenticationResult renewed = app.blocking()
                .acquireTokenSilent(SilentRequest.builder("email")
                        .account(signedIn.account().orElseThrow())
                        .forceRefresh()
                        .build());

        assertThat(renewed.accessToken()).isNotEqualTo(signedIn.accessToken());
    }

    /** It gives a refresh token to no client without a secret. */
    @Test
    void expiredToken_clientWithoutASecret_signsInAgainWithoutThePassword() throws Exception {
        app.close();
        app = builder(SpringAuthorizationServer.PUBLIC_CLIENT_ID).build();
        AuthenticationResult signedIn = signIn(this::consent);
        Account account = signedIn.account().orElseThrow();
        SilentRequest request = SilentRequest.builder("email").account(account).build();
        assertThat(app.blocking().acquireTokenSilent(request).accessToken()).isEqualTo(signedIn.accessToken());
        assertThat(app.blocking().userInfo(signedIn).string("sub")).isEqualTo("alice");

        later = Duration.ofMinutes(6);

        assertThatThrownBy(() -> app.blocking().acquireTokenSilent(request))
                .isInstanceOfSatisfying(InteractionRequiredAuthException.class, e -> {
                    assertThat(e.errorCode()).isEqualTo(ErrorCodes.NO_TOKENS_FOUND);
                    assertThat(e.getMessage()).contains("no refresh token");
                });
        later = Duration.ZERO;
        CompletableFuture<AuthenticationResult> again = app.acquireTokenPopup(PopupRequest.of("email"));
        page.navigate(browser.next());
        assertThat(again.get(30, TimeUnit.SECONDS).account()).contains(account);
    }

    private PublicClientApplicationBuilder builder(String clientId) {
        return PublicClientApplication.builder(clientId)
                .authority(provider.issuer().toString())
                .clock(() -> Instant.now().plus(later))
                .userAgent(browser)
                .loopback(LoopbackOptions.builder()
                        .host("127.0.0.1")
                        .path("/callback")
                        .build())
                .store(store);
    }

    private AuthenticationResult signIn() throws Exception {
        return signIn(() -> {});
    }

    private AuthenticationResult signIn(Runnable whenLoggedIn) throws Exception {
        CompletableFuture<AuthenticationResult> result = app.loginPopup(PopupRequest.of("email"));
        page.navigate(browser.next());
        logIn();
        whenLoggedIn.run();
        AuthenticationResult signedIn = result.get(30, TimeUnit.SECONDS);
        // The answer is out, but the browser may still be on its way to the last page.
        page.waitForURL(url -> !url.startsWith(provider.issuer().toString()));
        return signedIn;
    }

    private void logIn() {
        page.locator("input[name=username]").fill("alice");
        page.locator("input[name=password]").fill(SpringAuthorizationServer.PASSWORD);
        page.locator("button[type=submit]").click();
    }

    private void consent() {
        page.locator("#submit-consent").waitFor();
        page.locator("input[name=scope]").all().forEach(Locator::check);
        page.locator("#submit-consent").click();
    }

    private String refreshToken(Account account) {
        return store.read(account.partitionKey())
                .partition()
                .refreshToken(SpringAuthorizationServer.CONFIDENTIAL_CLIENT_ID)
                .secret()
                .reveal();
    }
}
