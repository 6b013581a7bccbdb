package dev.latchkey.integration.authority;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.options.AriaRole;
import dev.latchkey.authority.LocalAuthority;
import dev.latchkey.authority.VirtualClock;
import dev.latchkey.integration.browser.ChromiumBrowser;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The status page in Chromium: what it shows, what its switches do, and who may use them. */
final class StatusPageTest {
    @RegisterExtension
    static final ChromiumBrowser CHROMIUM = new ChromiumBrowser();

    private final VirtualClock clock = VirtualClock.atPresent();
    private LocalAuthority authority;

    @BeforeEach
    void start() {
        authority = LocalAuthority.builder().clock(clock).start();
    }

    @AfterEach
    void stop() {
        authority.close();
    }

    @Test
    void requests_withSecrets_areShownWithoutThem() throws Exception {
        signInAlice("state-1");
        send(HttpRequest.newBuilder(token())
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("grant_type=refresh_token&client_id=demo-app&refresh_token=s3cr3t")));
        Page page = status();

        assertThat(region(page, "People")).containsText("alice@contoso.example");
        assertThat(region(page, "Signed in now")).containsText("Alice");
        assertThat(region(page, "Recent requests")).containsText("refresh_token");
        assertThat(region(page, "Recent requests")).containsText("invalid_grant");
        assertThat(page.content()).doesNotContain("s3cr3t");
    }

    @Test
    void faultSwitch_onAndOff_changesTheEndpoint() throws Exception {
        Page page = status();

        press(page, "Switch on: Token endpoint, 429, Retry-After: 30");
        assertThat(statusOfTokenEndpoint()).isEqualTo(429);
        CHROMIUM.screenshot(page, "on");
        press(page, "Switch off: Token endpoint, 429, Retry-After: 30");
        assertThat(statusOfTokenEndpoint()).isEqualTo(400);
    }

    @Test
    void fault_takenBackByTheTest_isShownAsOff() {
        Page page = status();
        press(page, "Switch on: Keys, connection reset");

        authority.reset();
        page.reload();

        assertThat(page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName("Switch on: Keys, connection reset")))
                .isVisible();
    }

    @Test
    void clock_advanced_movesAndEndsSessions() throws Exception {
        signInAlice("state-1");
        Instant before = clock.instant();
        Page page = status();
        assertThat(region(page, "Signed in now")).containsText("Alice");

        page.getByLabel("Minutes").fill("1500");
        press(page, "Advance the clock");

        assertThat(clock.instant()).isEqualTo(before.plus(Duration.ofMinutes(1500)));
        assertThat(page.getByText("Nobody is signed in in any browser.")).isVisible();
    }

    @Test
    void signOut_ofASession_endsIt() throws Exception {
        signInAlice("state-1");
        Page page = status();

        press(page, "Sign out: alice@contoso.example");

        assertThat(page.getByText("Nobody is signed in in any browser.")).isVisible();
    }

    @Test
    void form_withoutItsSecretOrFromElsewhere_changesNothing() throws Exception {
        URI status = authority.baseUri().resolve("/status");
        HttpRequest.Builder form =
                HttpRequest.newBuilder(status).header("Content-Type", "application/x-www-form-urlencoded");

        assertThat(send(form.copy().POST(BodyPublishers.ofString("action=fault-on&fault=token-429"))))
                .isEqualTo(403);
        assertThat(send(form.copy().POST(BodyPublishers.ofString("action=fault-on&fault=token-429&csrf=x"))))
                .isEqualTo(403);
        assertThat(send(HttpRequest.newBuilder(status).header("Host", "rebound.example")))
                .isEqualTo(403);
        assertThat(statusOfTokenEndpoint()).isEqualTo(400);
    }

    private Page status() {
        Page page = CHROMIUM.newPage();
        page.navigate(authority.baseUri() + "/");
        return page;
    }

    private static Locator region(Page page, String name) {
        return page.getByRole(AriaRole.REGION, new GetByRoleOptions().setName(name));
    }

    /** Waits for the reload: the address stays the same, so the old page is marked. */
    private static void press(Page page, String name) {
        page.evaluate("document.documentElement.dataset.goes = 'yes'");
        page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName(name).setExact(true))
                .click();
        page.waitForFunction("!document.documentElement.dataset.goes && document.readyState === 'complete'");
    }

    private void signInAlice(String state) {
        authority
                .person("alice@contoso.example")
                .visitUpToRedirect(URI.create(authority.oidcIssuer() + "/authorize?client_id=demo-app&scope=openid"
                        + "&response_type=code&redirect_uri=http://localhost&state=" + state
                        // RFC 7636, appendix B
                        + "&code_challenge_method=S256&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"));
    }

    private URI token() {
        return URI.create(authority.oidcIssuer() + "/token");
    }

    private int statusOfTokenEndpoint() throws Exception {
        return send(HttpRequest.newBuilder(token())
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString("client_id=demo-app")));
    }

    private static int send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(request.timeout(Duration.ofSeconds(20)).build(), BodyHandlers.discarding())
                .statusCode();
    }
}
