package dev.latchkey.integration.authority;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Page.GetByRoleOptions;
import com.microsoft.playwright.options.AriaRole;
import dev.latchkey.authority.LocalAuthority;
import dev.latchkey.core.json.Json;
import dev.latchkey.core.json.JsonObject;
import dev.latchkey.integration.browser.ChromiumBrowser;
import dev.latchkey.integration.browser.Look;
import dev.latchkey.integration.browser.PageChecks;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The pages for the code that a device shows (RFC 8628), as a user sees them in Chromium. */
final class DevicePagesTest {
    @RegisterExtension
    static final ChromiumBrowser CHROMIUM = new ChromiumBrowser();

    private final LocalAuthority authority = LocalAuthority.start();

    @AfterEach
    void stop() {
        authority.close();
    }

    @ParameterizedTest
    @EnumSource
    void pages_everyLook_areReadableAndLabelled(Look look) throws Exception {
        Page page = CHROMIUM.newPage(look.options());
        PageChecks checks = PageChecks.watch(page);

        JsonObject device = begin();
        page.navigate(device.string("verification_uri", ""));
        photograph(checks, page, look, "device-code");
        page.getByLabel("Code").fill("WRONG-CODE");
        button(page, "Continue");
        photograph(checks, page, look, "device-code-wrong");
        page.getByLabel("Code").fill(device.string("user_code", ""));
        button(page, "Continue");
        photograph(checks, page, look, "device-sign-in");
        page.getByLabel("User name").fill("alice@contoso.example");
        page.getByLabel("Password").fill("secret");
        button(page, "Sign in");
        photograph(checks, page, look, "device-confirm");
        button(page, "Allow");
        photograph(checks, page, look, "device-done");
        assertThat(poll(device)).contains("access_token");

        JsonObject other = begin();
        page.navigate(other.string("verification_uri_complete", ""));
        assertThat(page.getByLabel("Code")).hasValue(other.string("user_code", ""));
        button(page, "Continue");
        photograph(checks, page, look, "device-account");
        button(page, "Cancel");
        photograph(checks, page, look, "device-denied");
        assertThat(poll(other)).contains("access_denied");
    }

    @Test
    void device_keyboardOnly_isAllowed() throws Exception {
        Page page = CHROMIUM.newPage();
        PageChecks checks = PageChecks.watch(page);
        JsonObject device = begin();

        page.navigate(device.string("verification_uri", ""));
        assertThat(page.getByLabel("Code")).isFocused();
        checks.focusIsVisible();
        page.keyboard().type(device.string("user_code", "").toLowerCase(java.util.Locale.ROOT));
        page.keyboard().press("Enter");
        assertThat(page.getByLabel("User name")).isFocused();
        page.keyboard().type("alice@contoso.example");
        page.keyboard().press("Tab");
        page.keyboard().type("secret");
        page.keyboard().press("Enter");
        assertThat(page.getByRole(AriaRole.HEADING)).hasText("Allow access?");
        page.keyboard().press("Tab");
        checks.focusIsVisible();
        page.keyboard().press("Enter");

        assertThat(page.getByRole(AriaRole.HEADING)).hasText("You have signed in");
        assertThat(poll(device)).contains("access_token");
        checks.passConsole();
    }

    @Test
    void wrongCode_isAnnouncedAndTiedToTheField() throws Exception {
        Page page = CHROMIUM.newPage();
        page.navigate(begin().string("verification_uri", ""));

        page.getByLabel("Code").fill("WRONG-CODE");
        button(page, "Continue");

        assertThat(page.getByRole(AriaRole.ALERT)).containsText("That code is not known");
        assertThat(page.getByLabel("Code")).isFocused();
        assertThat(page.getByLabel("Code")).hasAttribute("aria-invalid", "true");
        assertThat(page.title()).startsWith("Error: ");
    }

    private void photograph(PageChecks checks, Page page, Look look, String name) {
        CHROMIUM.screenshot(page, look.photograph(name));
        checks.pass();
    }

    private static void button(Page page, String name) {
        page.getByRole(AriaRole.BUTTON, new GetByRoleOptions().setName(name).setExact(true))
                .click();
    }

    private JsonObject begin() throws Exception {
        return Json.parseObject(post("/device_authorization", "client_id=demo-app&scope=openid%20User.Read"));
    }

    private String poll(JsonObject device) throws Exception {
        return post(
                "/token",
                "grant_type=urn:ietf:params:oauth:grant-type:device_code&client_id=demo-app&device_code="
                        + device.string("device_code"));
    }

    private String post(String path, String form) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create(authority.oidcIssuer() + path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form))
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.ofString())
                .body();
    }
}
