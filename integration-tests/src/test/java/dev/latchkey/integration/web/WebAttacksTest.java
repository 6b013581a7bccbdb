package dev.latchkey.integration.web;

import static dev.latchkey.integration.web.PersonAtThePage.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Response;
import dev.latchkey.authority.LocalAuthority;
import dev.latchkey.authority.User;
import dev.latchkey.examples.webpage.WebPage;
import dev.latchkey.integration.browser.ChromiumBrowser;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Attacks by a page of another origin in the browser of a signed-in user. */
final class WebAttacksTest {
    @RegisterExtension
    static final ChromiumBrowser CHROMIUM = new ChromiumBrowser();

    private static final User VICTIM =
            User.of(ALICE, LocalAuthority.DEFAULT_PASSWORD).homeTenant("contoso");
    private static final User MALLORY = User.of("mallory@contoso.example", LocalAuthority.DEFAULT_PASSWORD)
            .homeTenant("contoso")
            .displayName("<img src=x onerror='globalThis.taken = 1'>");

    private WebPage site;
    private PersonAtThePage victim;
    private Page evil;

    @BeforeEach
    void start() throws Exception {
        site = WebPage.start(0, idp -> idp.namedLocalhost().user(VICTIM).user(MALLORY), web -> web);
        victim = PersonAtThePage.opens(CHROMIUM.newPage(), site).signsIn(ALICE);
        evil = victim.page.context().newPage();
        // The same server under another name is another origin and another site.
        evil.navigate("http://127.0.0.1:" + site.address().getPort() + "/style.css");
    }

    @AfterEach
    void stop() {
        site.close();
    }

    private Object fetched(String path, String options) {
        return evil.evaluate("async () => { try { const r = await fetch('" + site.address() + path + "', " + options
                + "); return r.type + ' ' + r.status + ' ' + await r.text(); } catch (e) { return e.name; } }");
    }

    private void assertVictimIsStillSignedIn() {
        assertThat(victim.call("msalInstance.acquireTokenSilent({scopes: ['User.Read'], forceRefresh: true})"))
                .asString()
                .startsWith("ey");
    }

    @Test
    void tokens_readFromAnotherOrigin_areNot() {
        String body = "body: JSON.stringify({request: {scopes: ['User.Read']}})";

        assertThat(fetched(
                        "latchkey/token",
                        "{method: 'POST', credentials: 'include', headers: {'X-Latchkey': '1',"
                                + " 'Content-Type': 'application/json'}, " + body + "}"))
                .isEqualTo("TypeError");
        assertThat(fetched("latchkey/token", "{method: 'POST', credentials: 'include', mode: 'no-cors', " + body + "}"))
                .isEqualTo("opaque 0 ");
        assertThat(fetched("latchkey/session", "{credentials: 'include', headers: {'X-Latchkey': '1'}}"))
                .isEqualTo("TypeError");
        assertThat(fetched("latchkey/events", "{credentials: 'include'}")).isEqualTo("TypeError");
    }

    @Test
    void signOut_byAFormOfAnotherOrigin_doesNothing() {
        Response answer = evil.waitForResponse(
                url -> url.url().endsWith("/latchkey/logout"),
                () -> evil.evaluate("() => { const f = document.createElement('form'); f.method = 'POST';"
                        + " f.enctype = 'text/plain'; f.action = '" + site.address() + "latchkey/logout';"
                        + " const i = document.createElement('input'); i.name = '{\"type\":\"redirect\",\"a\":\"';"
                        + " i.value = '\"}'; f.append(i); document.documentElement.append(f); f.submit(); }"));

        assertThat(answer.status()).isEqualTo(403);
        assertVictimIsStillSignedIn();
    }

    @Test
    void ourPages_framedByAnotherOrigin_areNotShown() {
        for (String path : new String[] {"latchkey/signed-out", "latchkey/callback?state=x"}) {
            evil.evaluate(
                    "address => new Promise(done => { const f = document.createElement('iframe');"
                            + " f.onload = done; f.src = address; document.documentElement.append(f); })",
                    site.address() + path);
        }

        assertThat(evil.frames().stream().skip(1)).hasSize(2).allSatisfy(frame -> assertThat(frame.content())
                .doesNotContain("window.parent"));
    }

    @Test
    void scripts_ofOurs_areNotForOtherOrigins() {
        assertThat(fetched("latchkey/latchkey.js", "{mode: 'no-cors'}")).isEqualTo("TypeError");
    }

    @Test
    void name_ofAnAccountThatIsAScript_isShownAndNotRun() {
        Page popup = victim.page.waitForPopup(() -> victim.page.evaluate(
                "() => { globalThis.outcome = msalInstance.loginPopup({scopes: ['User.Read'], prompt: 'login'}); }"));
        PersonAtThePage.finishes(popup, "mallory@contoso.example");
        victim.page.evaluate("() => globalThis.outcome.then(r => msalInstance.setActiveAccount(r.account))");
        victim.page
                .locator("#claims", new Page.LocatorOptions().setHasText("<img src=x"))
                .waitFor();

        assertThat(victim.accounts()).contains("<img src=x");
        assertThat(victim.page.evaluate("() => globalThis.taken")).isNull();
        assertThat(victim.page.locator("img").count()).isZero();
    }
}
