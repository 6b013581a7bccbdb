package dev.latchkey.integration.authority;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.options.AriaRole;
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

/** Every page of the local authority as a user sees it in Chromium; screenshots go to target/screenshots. */
final class AuthorityPagesTest {
    @RegisterExtension
    static final ChromiumBrowser CHROMIUM = new ChromiumBrowser();

    private CallbackServer callback;
    private LocalAuthority authority;

    @BeforeEach
    void start() throws IOException {
        callback = CallbackServer.start();
        authority = LocalAuthority.start();
    }

    @AfterEach
    void stop() {
        authority.close();
        callback.close();
    }

    @ParameterizedTest
    @EnumSource
    void pages_everyLook_areReadableAndLabelled(Look look) throws Exception {
        Page page = CHROMIUM.newPage(look.options());
        PageChecks checks = PageChecks.watch(page);

        page.navigate(authorizationUri("scope=openid profile User.Read Mail.Read"));
        photograph(checks, page, look, "sign-in");
        signIn(page, "alice@contoso.example", "not the password");
        photograph(checks, page, look, "wrong-password");
        signIn(page, "alice@contoso.example", "secret");
        photograph(checks, page, look, "consent");
        button(page, "Allow");
        callback.answer();

        page.navigate(authorizationUri("scope=openid&prompt=login"));
        signIn(page, "bob@contoso.example", "secret");
        button(page, "Allow");
        callback.answer();
        page.navigate(authorizationUri("scope=openid&prompt=select_account"));
        photograph(checks, page, look, "accounts");

        page.navigate(authority.entraAuthority("contoso") + "/oauth2/v2.0/logout");
        photograph(checks, page, look, "sign-out");
        button(page, "Sign out");
        photograph(checks, page, look, "signed-out");

        page.navigate(
                authorizationUri("scope=openid").replace("redirect_uri=", "redirect_uri=https://elsewhere.example/"));
        photograph(checks, page, look, "error");

        page.navigate(authorizationUri("scope=openid&prompt=login"));
        signIn(page, "alice@contoso.example", "secret");
        callback.answer();
        page.navigate(authority.baseUri() + "/status");
        photograph(checks, page, look, "status");
    }

    @ParameterizedTest
    @EnumSource
    void formPost_withoutJavaScript_hasAButtonThatBringsTheAnswer(Look look) throws Exception {
        Page page = CHROMIUM.newPage(look.options().setJavaScriptEnabled(false));
        PageChecks checks = PageChecks.watch(page);

        page.navigate(authorizationUri("scope=openid&response_mode=form_post"));
        signIn(page, "alice@contoso.example", "secret");
        button(page, "Allow");
        photograph(checks, page, look, "form-post");
        button(page, "Continue");

        assertThat(callback.answer()).containsKey("code").containsEntry("state", "s p&ce");
        assertThat(page.getByRole(AriaRole.HEADING)).hasText("Back");
    }

    @Test
    void formPost_withJavaScript_bringsTheAnswerByItself() throws Exception {
        Page page = CHROMIUM.newPage();
        PageChecks checks = PageChecks.watch(page);

        page.navigate(authorizationUri("scope=openid&response_mode=form_post"));
        signIn(page, "alice@contoso.example", "secret");
        button(page, "Allow");

        assertThat(callback.answer()).containsKey("code").containsEntry("state", "s p&ce");
        assertThat(page.getByRole(AriaRole.HEADING)).hasText("Back");
        checks.passConsole();
    }

    @Test
    void signIn_keyboardOnly_reachesTheApplication() throws Exception {
        Page page = CHROMIUM.newPage();
        PageChecks checks = PageChecks.watch(page);

        page.navigate(authorizationUri("scope=openid User.Read"));
        assertThat(page.getByLabel("User name")).isFocused();
        checks.focusIsVisible();
        page.keyboard().type("alice@contoso.example");
        page.keyboard().press("Tab");
        assertThat(page.getByLabel("Password")).isFocused();
        checks.focusIsVisible();
        page.keyboard().type("secret");
        page.keyboard().press("Enter");
        assertThat(page.getByRole(AriaRole.HEADING)).hasText("Allow access?");
        page.keyboard().press("Tab");
        assertThat(named(page, "Allow")).isFocused();
        checks.focusIsVisible();
        page.keyboard().press("Enter");

        assertThat(callback.answer()).containsKey("code");
        checks.passConsole();
    }

    @Test
    void pickAccount_keyboardOnly_everyChoiceIsReachable() throws Exception {
        Page page = CHROMIUM.newPage();
        PageChecks checks = PageChecks.watch(page);
        for (String person : new String[] {"alice@contoso.example", "bob@contoso.example"}) {
            page.navigate(authorizationUri("scope=openid&prompt=login"));
            signIn(page, person, "secret");
            button(page, "Allow");
            callback.answer();
        }

        page.navigate(authorizationUri("scope=openid&prompt=select_account"));
        for (String choice : new String[] {"Alice alice@contoso.example", "Bob bob@contoso.example"}) {
            page.keyboard().press("Tab");
            assertThat(named(page, choice)).isFocused();
            checks.focusIsVisible();
        }
        page.keyboard().press("Enter");

        assertThat(callback.answer()).containsKey("code");
        checks.passConsole();
    }

    @Test
    void wrongPassword_isAnnouncedAndTiedToTheFields() {
        Page page = CHROMIUM.newPage();

        page.navigate(authorizationUri("scope=openid"));
        signIn(page, "alice@contoso.example", "not the password");

        assertThat(page.getByRole(AriaRole.ALERT)).containsText("The user name or password is wrong.");
        assertThat(page.getByLabel("User name")).hasValue("alice@contoso.example");
        assertThat(page.getByLabel("Password")).isFocused();
        assertThat(page.getByLabel("Password")).hasAttribute("aria-invalid", "true");
        assertThat(page.getByLabel("Password")).hasAccessibleDescription("The user name or password is wrong.");
        assertThat(page.getByLabel("Password")).hasValue("");
        assertThat(page.title()).startsWith("Error: ");
    }

    @Test
    void cancel_onTheAccountPage_tellsTheApplication() throws Exception {
        Page page = CHROMIUM.newPage();
        page.navigate(authorizationUri("scope=openid"));
        signIn(page, "alice@contoso.example", "secret");
        button(page, "Allow");
        callback.answer();

        page.navigate(authorizationUri("scope=openid&prompt=select_account"));
        button(page, "Cancel");

        assertThat(callback.answer()).containsEntry("error", "access_denied");
    }

    private void photograph(PageChecks checks, Page page, Look look, String name) {
        CHROMIUM.screenshot(page, look.photograph(name));
        checks.pass();
    }

    private static void signIn(Page page, String userName, String password) {
        page.getByLabel("User name").fill(userName);
        page.getByLabel("Password").fill(password);
        button(page, "Sign in");
    }

    private static void button(Page page, String name) {
        named(page, name).click();
    }

    private static Locator named(Page page, String name) {
        return page.getByRole(
                AriaRole.BUTTON, new GetByRoleOptions().setName(name).setExact(true));
    }

    private String authorizationUri(String more) {
        Map<String, String> pkce = Map.of(
                "code_challenge_method", "S256",
                // RFC 7636, appendix B
                "code_challenge", "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
        StringBuilder uri = new StringBuilder(authority.entraAuthority("contoso") + "/oauth2/v2.0/authorize")
                .append("?client_id=demo-app&response_type=code&nonce=n&state=s%20p%26ce&redirect_uri=")
                .append(callback.uri())
                .append('&')
                .append(more.replace(" ", "%20"));
        pkce.forEach((name, value) -> uri.append('&').append(name).append('=').append(value));
        return uri.toString();
    }
}
