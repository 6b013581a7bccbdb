package dev.latchkey.integration.web;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import dev.latchkey.examples.webpage.WebPage;
import dev.latchkey.integration.browser.ChromiumBrowser;
import dev.latchkey.integration.browser.Look;
import dev.latchkey.integration.browser.PageChecks;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The example's page and our own small ones: light, dark, narrow, by keyboard. */
final class WebPageLooksTest {
    @RegisterExtension
    static final ChromiumBrowser CHROMIUM = new ChromiumBrowser();

    private WebPage site;

    @BeforeEach
    void start() throws Exception {
        site = WebPage.start(0, idp -> idp.namedLocalhost(), web -> web);
    }

    @AfterEach
    void stop() {
        site.close();
    }

    @ParameterizedTest
    @EnumSource
    void examplePage_isReadable(Look look) {
        Page page = CHROMIUM.newPage(look.options());
        PageChecks checks = PageChecks.watch(page);
        PersonAtThePage person = PersonAtThePage.opens(page, site).signsIn(PersonAtThePage.ALICE);
        person.click("#popup-sample", "Silent, else popup: done");

        checks.passReading();
        CHROMIUM.screenshot(page, "example-" + look);
    }

    @ParameterizedTest
    @EnumSource
    void pagesOfOurs_areReadable(Look look) {
        for (String path : new String[] {"callback?state=unknown", "signed-out"}) {
            Page page = CHROMIUM.newPage(look.options());
            PageChecks checks = PageChecks.watch(page);
            page.navigate(site.address() + "latchkey/" + path);

            checks.passReading();
            CHROMIUM.screenshot(page, path.replaceAll("\\?.*", "") + "-" + look);
        }
    }

    @Test
    void examplePage_byKeyboardAlone_signsIn() {
        Page page = CHROMIUM.newPage();
        PageChecks checks = PageChecks.watch(page);
        PersonAtThePage person = PersonAtThePage.opens(page, site);

        page.keyboard().press("Tab");
        checks.focusIsVisible();
        assertThat(page.evaluate("() => document.activeElement.id")).isEqualTo("login-popup");
        Page popup = page.waitForPopup(() -> page.keyboard().press("Enter"));
        PersonAtThePage.finishes(popup, PersonAtThePage.BOB);

        person.waitForStatus("In a popup: done");
    }
}
