package dev.latchkey.integration.authority;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.options.AriaRole;
import dev.latchkey.authority.LocalAuthority;
import dev.latchkey.integration.browser.ChromiumBrowser;
import dev.latchkey.integration.browser.Look;
import dev.latchkey.integration.browser.PageChecks;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The pages of B2C policies as a customer sees them in Chromium. */
final class CustomerPagesTest {
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

        page.navigate(request("B2C_1_susi"));
        photograph(checks, page, look, "b2c-sign-up-or-in");
        button(page, "Make an account");
        photograph(checks, page, look, "b2c-sign-up");
        fill(page, "alice@contoso.example", "Alice Second", "hush");
        button(page, "Continue");
        photograph(checks, page, look, "b2c-sign-up-taken");
        fill(page, "carol@contoso.example", "Carol", "hush");
        button(page, "Continue");
        assertThat(callback.answer()).containsKey("code");

        page.navigate(request("B2C_1_edit"));
        photograph(checks, page, look, "b2c-edit-profile");
        assertThat(page.getByLabel("Name")).hasValue("Carol");
        page.getByLabel("Name").fill("Carol Newname");
        button(page, "Continue");
        assertThat(callback.answer()).containsKey("code");

        page.navigate(request("B2C_1_reset"));
        photograph(checks, page, look, "b2c-reset-password");
        page.getByLabel("User name").fill("nobody@contoso.example");
        page.getByLabel("New password").fill("another");
        button(page, "Continue");
        photograph(checks, page, look, "b2c-reset-unknown");
        page.getByLabel("User name").fill("carol@contoso.example");
        page.getByLabel("New password").fill("another");
        button(page, "Continue");
        assertThat(callback.answer()).containsKey("code");
    }

    @Test
    void signUp_keyboardOnly_reachesTheApplication() throws Exception {
        Page page = CHROMIUM.newPage();
        PageChecks checks = PageChecks.watch(page);

        page.navigate(request("B2C_1_susi"));
        // Browsers focus the first field only some time after the page has loaded.
        assertThat(page.getByLabel("User name")).isFocused();
        for (String wanted :
                new String[] {"Password", "Sign in", "Cancel", "Forgot your password?", "Make an account"}) {
            page.keyboard().press("Tab");
            checks.focusIsVisible();
            assertThat(page.locator(":focus")).hasAccessibleName(wanted);
        }
        page.keyboard().press("Enter");
        assertThat(page.getByLabel("User name")).isFocused();
        page.keyboard().type("dora@contoso.example");
        page.keyboard().press("Tab");
        page.keyboard().type("Dora");
        page.keyboard().press("Tab");
        page.keyboard().type("hush");
        page.keyboard().press("Enter");

        assertThat(callback.answer()).containsKey("code");
        checks.passConsole();
    }

    @Test
    void signUp_nameTaken_isAnnouncedTiedToTheFieldAndKeepsWhatWasTyped() {
        Page page = CHROMIUM.newPage();
        page.navigate(request("B2C_1_susi"));
        button(page, "Make an account");

        fill(page, "alice@contoso.example", "Alice Second", "hush");
        button(page, "Continue");

        assertThat(page.getByRole(AriaRole.ALERT)).containsText("This user name is taken");
        assertThat(page.getByLabel("User name")).hasValue("alice@contoso.example");
        assertThat(page.getByLabel("User name")).hasAttribute("aria-invalid", "true");
        assertThat(page.getByLabel("New password")).hasValue("");
        assertThat(page.getByLabel("User name")).isFocused();
        assertThat(page.getByLabel("User name"))
                .hasAccessibleDescription("This user name is taken or cannot be used here.");
        assertThat(page.title()).startsWith("Error: ");
    }

    @Test
    void forgottenPassword_isToldToTheApplication() throws Exception {
        Page page = CHROMIUM.newPage();
        page.navigate(request("B2C_1_susi"));

        button(page, "Forgot your password?");

        assertThat(callback.answer().get("error_description")).startsWith("AADB2C90118");
    }

    private void photograph(PageChecks checks, Page page, Look look, String name) {
        CHROMIUM.screenshot(page, look.photograph(name));
        checks.pass();
    }

    private static void fill(Page page, String userName, String name, String password) {
        page.getByLabel("User name").fill(userName);
        page.getByLabel("Name", new Page.GetByLabelOptions().setExact(true)).fill(name);
        page.getByLabel("New password").fill(password);
    }

    private static void button(Page page, String name) {
        page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName(name).setExact(true))
                .click();
    }

    private String request(String policy) {
        // The challenge is from RFC 7636, appendix B.
        return authority.b2cAuthority("contoso", policy)
                + "/oauth2/v2.0/authorize?client_id=demo-app&response_type=code&scope=openid&redirect_uri="
                + callback.uri()
                + "&code_challenge_method=S256&code_challenge=E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
    }
}
