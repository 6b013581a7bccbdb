package dev.latchkey.integration.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import dev.latchkey.PublicClientApplication;
import dev.latchkey.integration.browser.ChromiumBrowser;
import dev.latchkey.integration.keycloak.KeycloakLoginPage;
import dev.latchkey.integration.keycloak.KeycloakServer;
import dev.latchkey.integration.keycloak.WithKeycloak;
import dev.latchkey.store.file.FileTokenStore;
import dev.latchkey.web.LatchkeyWeb;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A page's calls with an independent authority, a public registration and rotating refresh tokens. */
@WithKeycloak
final class KeycloakWebTest {
    @RegisterExtension
    static final ChromiumBrowser CHROMIUM = new ChromiumBrowser();

    @TempDir
    private Path folder;

    private String issuer;
    private SmallSite site;
    private Page page;

    @BeforeEach
    void start(KeycloakServer keycloak) throws Exception {
        issuer = keycloak.issuer().toString();
        site = new SmallSite(front());
        page = CHROMIUM.newPage();
        page.navigate(site.address().toString());
        ready();
    }

    @AfterEach
    void stop() {
        site.close();
    }

    /** A freshly started server: nothing in memory, everything in files. */
    private LatchkeyWeb front() {
        FileTokenStore store = FileTokenStore.builder(folder.resolve("store"))
                .withoutKeychain()
                .open();
        return LatchkeyWeb.builder(PublicClientApplication.builder(KeycloakServer.CLIENT_ID)
                        .authority(issuer)
                        .defaultScopes("openid", "profile")
                        .store(store)
                        .build())
                .sessionStore(store)
                .build();
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

    @Test
    void server_restartedWhileThePersonSignsIn_finishesTheSignInAndGoesOn() {
        page.evaluate("() => { app.loginRedirect({scopes: ['email'], state: 'mine'}); }");
        page.locator("#kc-login").waitFor();

        site.replaceServer(front());
        KeycloakLoginPage.signIn(page, KeycloakServer.USERNAME, KeycloakServer.PASSWORD);
        page.waitForFunction("() => globalThis.ready === true && location.pathname === '/'");
        site.replaceServer(front());

        assertThat(page.evaluate("() => back.state + ' ' + back.account.username"))
                .isEqualTo("mine alice");
        assertThat(silent("forceRefresh: true")).asString().startsWith("ey");
    }

    @Test
    void hiddenFrame_signOutInAPopup_andTheOtherWay() {
        signIn();
        page.evaluate("() => app.clearCache()");
        assertThat(page.evaluate("() => app.ssoSilent({scopes: ['email']}).then(r => r.account.username)"))
                .isEqualTo("alice");

        Page popup = page.waitForPopup(() ->
                page.evaluate("() => { globalThis.outcome = app.logoutPopup({account: app.getAllAccounts()[0]}); }"));
        page.evaluate("() => outcome");

        assertThat(popup.url()).isNotEmpty();
        assertThat(page.evaluate("() => app.ssoSilent({scopes: ['email']}).catch(e => e.errorCode)"))
                .isEqualTo("login_required");
    }
}
