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
import dev.latchkey.core.error.ClientConfigurationException;
import dev.latchkey.core.error.ErrorCodes;
import dev.latchkey.core.error.InteractionRequiredAuthException;
import dev.latchkey.integration.browser.ChromiumBrowser;
import dev.latchkey.store.MemoryTokenStore;
import dev.latchkey.store.TokenStore;
import java.net.InetAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import no.nav.security.mock.oauth2.MockOAuth2Server;
import no.nav.security.mock.oauth2.OAuth2Config;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Sign-in on its form, user info, cache, rotating refresh, sign-out and two issuers at mock-oauth2-server. */
final class MockOAuth2ServerPopupTest {
    @RegisterExtension
    static final ChromiumBrowser CHROMIUM = new ChromiumBrowser();

    private static final String CLIENT_ID = "latchkey-app";
    private static final MockOAuth2Server SERVER = new MockOAuth2Server(new OAuth2Config(true, null, null, true));

    private final HandedOver browser = new HandedOver();
    private final TokenStore store = MemoryTokenStore.create();
    private PublicClientApplication app;
    private Page page;

    @BeforeAll
    static void startServer() {
        SERVER.start(InetAddress.getLoopbackAddress(), 0);
    }

    @AfterAll
    static void stopServer() {
        SERVER.shutdown();
    }

    @BeforeEach
    void start() {
        // Its pages fetch a font.
        CHROMIUM.allowAttempts("http://fonts.googleapis.com/");
        page = CHROMIUM.newPage();
        app = PublicClientApplication.builder(CLIENT_ID)
                .authority(issuer("default"))
                .userAgent(browser)
                .store(store)
                .build();
    }

    @AfterEach
    void stop() {
        app.close();
    }

    @Test
    void loginPopup_accountAndVerifiedIdTokenOfTheIssuerWithAPath() throws Exception {
        AuthenticationResult signedIn = signIn("default", "ada");

        assertThat(signedIn.account().orElseThrow().username()).isEqualTo("ada@people.example");
        assertThat(signedIn.idTokenClaims().string("iss")).isEqualTo(issuer("default"));
        assertThat(signedIn.idTokenClaims().string("sub")).isEqualTo("ada");
        assertThat(app.blocking().userInfo(signedIn).string("sub")).isEqualTo("ada");
    }

    @Test
    void acquireTokenSilent_fromCacheThenByRotatingRefresh() throws Exception {
        AuthenticationResult signedIn = signIn("default", "ada");
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
        assertThat(second.account()).contains(account);
        assertThat(secondRefreshToken).isNotEqualTo(firstRefreshToken);
    }

    @Test
    void twoIssuers_ofOneApplication_eachServesItsOwnAccountOnly() throws Exception {
        AuthenticationResult here = signIn("default", "ada");
        AuthenticationResult there = signIn("other", "ada");
        Account elsewhere = there.account().orElseThrow();
        SilentRequest request = SilentRequest.builder("email")
                .account(elsewhere)
                .authority(issuer("other"))
                .build();

        assertThat(there.idTokenClaims().string("iss")).isEqualTo(issuer("other"));
        assertThat(elsewhere).isNotEqualTo(here.account().orElseThrow());
        assertThat(app.blocking().accounts()).containsExactly(here.account().orElseThrow());
        assertThat(app.blocking().acquireTokenSilent(request).accessToken()).isEqualTo(there.accessToken());
        AuthenticationResult renewed = app.blocking()
                .acquireTokenSilent(request.toBuilder().forceRefresh().build());
        assertThat(renewed.idTokenClaims().string("iss")).isEqualTo(issuer("other"));
        assertThatThrownBy(() -> app.blocking()
                        .acquireTokenSilent(
                                request.toBuilder().authority(issuer("default")).build()))
                .isInstanceOfSatisfying(ClientConfigurationException.class, e -> assertThat(e.errorCode())
                        .isEqualTo(ErrorCodes.AUTHORITY_MISMATCH));
    }

    @Test
    void logoutPopup_tokensAreGone() throws Exception {
        Account account = signIn("default", "ada").account().orElseThrow();
        String refreshToken = refreshToken(account);

        app.blocking().logoutPopup(LogoutRequest.of(account));
        page.navigate(browser.next());
        page.getByText("logged out").first().waitFor();

        assertThat(refreshToken).isNotEmpty();
        assertThat(app.blocking().accounts()).isEmpty();
        assertThatThrownBy(() -> app.blocking()
                        .acquireTokenSilent(
                                SilentRequest.builder("email").account(account).build()))
                .isInstanceOf(InteractionRequiredAuthException.class);
    }

    private AuthenticationResult signIn(String issuerId, String subject) throws Exception {
        // It does not say in its answers which issuer it is (RFC 9207): each gets a redirect URI of its own.
        CompletableFuture<AuthenticationResult> result = app.loginPopup(PopupRequest.builder("email")
                .authority(issuer(issuerId))
                .redirectPath("/" + issuerId)
                .build());
        page.navigate(browser.next());
        page.locator("input[name=username]").fill(subject);
        page.locator("textarea[name=claims]").fill("{\"email\": \"" + subject + "@people.example\"}");
        page.locator("input[type=submit]").click();
        AuthenticationResult signedIn = result.get(30, TimeUnit.SECONDS);
        // The answer is out, but the browser may still be on its way to the last page.
        page.waitForURL(url -> !url.startsWith(issuer(issuerId)));
        return signedIn;
    }

    private String refreshToken(Account account) {
        return store.read(account.partitionKey())
                .partition()
                .refreshToken(CLIENT_ID)
                .secret()
                .reveal();
    }

    private static String issuer(String id) {
        return SERVER.issuerUrl(id).toString();
    }
}
