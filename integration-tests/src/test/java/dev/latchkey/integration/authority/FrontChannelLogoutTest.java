package dev.latchkey.integration.authority;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.options.AriaRole;
import dev.latchkey.authority.Client;
import dev.latchkey.authority.LocalAuthority;
import dev.latchkey.integration.browser.ChromiumBrowser;
import dev.latchkey.integration.browser.Look;
import dev.latchkey.integration.browser.PageChecks;
import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Sign-out notifies applications through frames of a real browser (OpenID Connect Front-Channel Logout 1.0). */
final class FrontChannelLogoutTest {
    @RegisterExtension
    static final ChromiumBrowser CHROMIUM = new ChromiumBrowser();

    private CallbackServer shop;
    private CallbackServer mail;
    private LocalAuthority authority;

    @BeforeEach
    void start() throws IOException {
        shop = CallbackServer.start();
        mail = CallbackServer.start();
        authority = LocalAuthority.builder()
                .client(client("shop", shop))
                .client(client("mail", mail).postLogoutRedirectUri(mail.uri() + "/bye"))
                .start();
    }

    @AfterEach
    void stop() {
        authority.close();
        mail.close();
        shop.close();
    }

    @ParameterizedTest
    @EnumSource
    void signOut_callsTheFrameOfEveryApplication_withIssAndSid(Look look) throws Exception {
        Page page = CHROMIUM.newPage(look.options());
        PageChecks checks = PageChecks.watch(page);
        signIn(page, "shop", shop);
        page.navigate(request("mail", mail));
        mail.answer();

        page.navigate(authority.oidcIssuer() + "/logout");
        photograph(checks, page, look, "front-channel-sign-out");
        button(page, "Sign out");
        Map<String, String> told = shop.answer();
        Map<String, String> toldToo = mail.answer();
        photograph(checks, page, look, "front-channel-signed-out");

        assertThat(told)
                .containsEntry("iss", authority.oidcIssuer().toString())
                .containsEntry("front", "channel")
                .containsKey("sid");
        assertThat(toldToo).isEqualTo(told);
    }

    @Test
    void signOut_withAPlaceToReturnTo_goesThereAfterTheFrames() throws Exception {
        Page page = CHROMIUM.newPage();
        PageChecks checks = PageChecks.watch(page);
        signIn(page, "shop", shop);

        page.navigate(authority.oidcIssuer() + "/logout?client_id=mail&state=s&post_logout_redirect_uri=" + mail.uri()
                + "/bye");
        button(page, "Sign out");
        assertThat(page.getByRole(AriaRole.LINK, new GetByRoleOptions().setName("Continue now")))
                .isVisible();
        CHROMIUM.screenshot(page, "returning");
        checks.pass();

        assertThat(shop.answer()).containsKey("sid");
        page.waitForURL(mail.uri() + "/bye?state=s");
    }

    @Test
    void signOut_keyboardOnly_works() throws Exception {
        Page page = CHROMIUM.newPage();
        PageChecks checks = PageChecks.watch(page);
        signIn(page, "shop", shop);

        page.navigate(authority.oidcIssuer() + "/logout");
        page.keyboard().press("Tab");
        checks.focusIsVisible();
        page.keyboard().press("Enter");

        assertThat(shop.answer()).containsKey("sid");
        assertThat(page.getByRole(AriaRole.HEADING)).hasText("You are signed out");
    }

    private static Client client(String id, CallbackServer server) {
        return Client.publicClient(id)
                .redirectUri(server.uri().toString())
                .frontChannelLogoutUri(server.uri() + "/?front=channel")
                .consentedByAdministrator();
    }

    private void signIn(Page page, String clientId, CallbackServer server) throws InterruptedException {
        page.navigate(request(clientId, server));
        page.getByLabel("User name").fill("alice@contoso.example");
        page.getByLabel("Password").fill("secret");
        button(page, "Sign in");
        assertThat(server.answer()).containsKey("code");
    }

    private void photograph(PageChecks checks, Page page, Look look, String name) {
        CHROMIUM.screenshot(page, look.photograph(name));
        checks.pass();
    }

    private static void button(Page page, String name) {
        page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName(name).setExact(true))
                .click();
    }

    private String request(String clientId, CallbackServer server) {
        // The challenge is from RFC 7636, appendix B.
        return authority.oidcIssuer() + "/authorize?response_type=code&scope=openid&client_id=" + clientId
                + "&redirect_uri=" + server.uri()
                + "&code_challenge_method=S256&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
    }
}
