package dev.latchkey.integration.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import dev.latchkey.PublicClientApplication;
import dev.latchkey.integration.browser.ChromiumBrowser;
import dev.latchkey.integration.keycloak.KeycloakLoginPage;
import dev.latchkey.integration.keycloak.KeycloakServer;
import dev.latchkey.integration.keycloak.WithKeycloak;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The page's calls at an authority that nobody here wrote, with a public registration and rotating refresh tokens. */
@WithKeycloak
final class KeycloakWebTest {
    @RegisterExtension
    static final ChromiumBrowser CHROMIUM = new ChromiumBrowser();

    private SmallSite site;
    private Page page;

    @BeforeEach
    void start(KeycloakServer keycloak) throws Exception {
        site = new SmallSite(PublicClientApplication.builder(KeycloakServer.CLIENT_ID)
                .authority(keycloak.issuer().toString())
                .defaultScopes("openid", "profile")
                .build());
        page = CHROMIUM.newPage();
        page.navigate(site.address().toString());
        ready();
    }

    @AfterEach
    void stop() {
        site.close();
    }

    private void ready() {
        page.waitForFunction("() => globalThis.ready === true");
    }

    private void signIn() {
        Page popup = page.waitForPopup(() -> page.locator("#login").click());
        KeycloakLoginPage.signIn(popup, KeycloakServer.USERNAME, KeycloakServer.PASSWORD);
        assertThat(page.evaluate("() => outcome.then(r => r.account.username)")).isEqualTo("alice");
    }

    private Object silent(String more) {
        return page.evaluate("() => app.acquireTokenSilent({scopes: ['email'], " + more + "})"
                + ".then(r => r.accessToken, e => e.name + ': ' + e.errorCode)");
    }

    @Test
    void popup_silent_refresh_signOut() {
        signIn();
        Object first = silent("");
        Object second = silent("forceRefresh: true");
        Object third = silent("forceRefresh: true");

        assertThat(first).asString().startsWith("ey");
        assertThat(second).asString().startsWith("ey").isNotEqualTo(first);
        assertThat(third).asString().startsWith("ey").isNotEqualTo(second);

        page.evaluate("() => { globalThis.isOldPage = true; app.logoutRedirect(); }");
        page.waitForFunction("() => globalThis.ready === true && !globalThis.isOldPage");
        assertThat(page.evaluate("() => app.getAllAccounts().length")).isEqualTo(0);
        assertThat(silent("")).isEqualTo("InteractionRequiredAuthError: no_account_error");
    }

    @Test
    void redirect_comesBackWithTheResult() {
        page.evaluate("() => { app.loginRedirect({scopes: ['email'], state: 'mine'}); }");
        KeycloakLoginPage.signIn(page, KeycloakServer.USERNAME, KeycloakServer.PASSWORD);
        page.waitForFunction("() => globalThis.ready === true && location.pathname === '/'");

        assertThat(page.evaluate("() => back.state + ' ' + back.account.username"))
                .isEqualTo("mine alice");
        assertThat(silent("")).asString().startsWith("ey");
    }
}
