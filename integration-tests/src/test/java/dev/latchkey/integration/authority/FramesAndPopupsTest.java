package dev.latchkey.integration.authority;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.options.AriaRole;
import dev.latchkey.authority.Client;
import dev.latchkey.authority.CrossOriginOpenerPolicy;
import dev.latchkey.authority.LocalAuthority;
import dev.latchkey.authority.LocalAuthorityBuilder;
import dev.latchkey.integration.browser.ChromiumBrowser;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What pages of applications can do with the authority in hidden frames and popups, in Chromium. */
final class FramesAndPopupsTest {
    @RegisterExtension
    static final ChromiumBrowser CHROMIUM = new ChromiumBrowser();

    private static final String APPEND_FRAME = """
            uri => {
              const frame = document.createElement('iframe');
              frame.style.display = 'none';
              frame.src = uri;
              document.body.append(frame);
            }
            """;

    @TempDir
    Path profile;

    private CallbackServer application;

    @BeforeEach
    void start() throws IOException {
        Path settings = Files.createDirectories(profile.resolve("Default")).resolve("Preferences");
        // Some distributions disable third-party cookies.
        Files.writeString(settings, "{\"profile\":{\"cookie_controls_mode\":0,\"block_third_party_cookies\":false}}");
        application = CallbackServer.start();
    }

    @AfterEach
    void stop() {
        application.close();
    }

    @Test
    void hiddenFrame_sameSiteOverHttp_findsThePersonSignedIn() throws Exception {
        try (LocalAuthority authority = builder().start()) {
            assertThat(silently(authority, application.uri())).containsKey("code");
        }
    }

    @Test
    void hiddenFrame_otherSiteOverHttp_findsNobody() throws Exception {
        try (LocalAuthority authority = builder().namedLocalhost().start()) {
            assertThat(silently(authority, application.uri())).containsEntry("error", "login_required");
        }
    }

    @Test
    void hiddenFrame_otherSiteOverHttps_findsThePersonSignedIn() throws Exception {
        try (LocalAuthority authority = builder().https().namedLocalhost().start()) {
            assertThat(silently(authority, application.uri())).containsKey("code");
        }
    }

    @Test
    void hiddenFrame_withoutThirdPartyCookies_findsNobody() throws Exception {
        try (LocalAuthority authority =
                builder().https().namedLocalhost().withoutThirdPartyCookies().start()) {
            assertThat(silently(authority, application.uri())).containsEntry("error", "login_required");
        }
    }

    @Test
    void frameThatWouldShowAPage_isRefused() {
        try (LocalAuthority authority = builder().start()) {
            Page page = CHROMIUM.newPage();
            StringBuilder refusals = new StringBuilder();
            page.onConsoleMessage(message -> refusals.append(message.text()));
            page.navigate(application.uri().toString());

            page.waitForConsoleMessage(() -> page.evaluate(APPEND_FRAME, request(authority, "")));

            assertThat(refusals.toString()).contains("Framing").contains("frame-ancestors");
        }
    }

    @Test
    void popup_withoutThePolicy_keepsItsOpener() {
        try (LocalAuthority authority = builder().start()) {
            Page popup = popup(authority);

            assertThat(popup.evaluate("window.opener !== null")).isEqualTo(true);
        }
    }

    @Test
    void popup_withThePolicy_looksClosedToItsOpener() throws Exception {
        try (LocalAuthority authority = builder()
                .crossOriginOpenerPolicy(CrossOriginOpenerPolicy.SAME_ORIGIN)
                .start()) {
            Page popup = popup(authority);
            Page opener = popup.context().pages().get(0);

            assertThat(popup.evaluate("window.opener")).isNull();
            opener.waitForFunction("() => window.popup.closed");
            signIn(popup);
            assertThat(application.answer()).containsKey("code");
            assertThat(popup.evaluate("window.opener")).isNull();
        }
    }

    private Page popup(LocalAuthority authority) {
        Page page = CHROMIUM.newPage();
        page.navigate(application.uri() + "/page");
        Page popup = page.waitForPopup(
                () -> page.evaluate("uri => { window.popup = window.open(uri); }", request(authority, "")));
        assertThat(popup.getByRole(AriaRole.HEADING)).hasText("Sign in");
        return popup;
    }

    /** What a hidden frame receives after the user signed in in the same browser. */
    private Map<String, String> silently(LocalAuthority authority, URI page) throws InterruptedException {
        Page browser = CHROMIUM.newPageWithProfile(profile);
        browser.navigate(request(authority, ""));
        signIn(browser);
        assertThat(application.answer()).containsKey("code");
        browser.navigate(page + "/page");
        browser.evaluate(APPEND_FRAME, request(authority, "&prompt=none"));
        return application.answer();
    }

    private static void signIn(Page page) {
        page.getByLabel("User name").fill("alice@contoso.example");
        page.getByLabel("Password").fill("secret");
        page.getByRole(
                        AriaRole.BUTTON,
                        new GetByRoleOptions().setName("Sign in").setExact(true))
                .click();
    }

    private LocalAuthorityBuilder builder() {
        return LocalAuthority.builder()
                .client(Client.singlePageApp("page")
                        .redirectUri(application.uri().toString())
                        .consentedByAdministrator());
    }

    private String request(LocalAuthority authority, String more) {
        // The challenge is from RFC 7636, appendix B.
        return authority.oidcIssuer() + "/authorize?client_id=page&response_type=code&scope=openid&redirect_uri="
                + application.uri() + "&code_challenge_method=S256"
                + "&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM" + more;
    }
}
