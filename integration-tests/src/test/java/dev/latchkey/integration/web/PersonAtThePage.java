package dev.latchkey.integration.web;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.WaitForSelectorState;
import dev.latchkey.authority.LocalAuthority;
import dev.latchkey.examples.webpage.WebPage;

/** A user of the example's page. */
final class PersonAtThePage {
    static final String ALICE = "alice@contoso.example";
    static final String BOB = "bob@contoso.example";

    final Page page;

    private PersonAtThePage(Page page) {
        this.page = page;
    }

    /** Opens the page and waits until its script has finished. */
    static PersonAtThePage opens(Page page, WebPage site) {
        PersonAtThePage person = new PersonAtThePage(page);
        page.navigate(site.address().toString());
        person.waitUntilReady();
        return person;
    }

    void waitUntilReady() {
        page.waitForFunction("() => globalThis.ready === true");
    }

    /** Clicks a button that opens a popup. */
    Page popup(String button) {
        return page.waitForPopup(() -> page.locator(button).click());
    }

    PersonAtThePage signsIn(String who) {
        Page popup = popup("#login-popup");
        finishes(popup, who);
        waitForStatus("In a popup: done");
        return this;
    }

    /** Enters user name and password at the authority, and consents. */
    static void finishes(Page popup, String who) {
        types(popup, who, LocalAuthority.DEFAULT_PASSWORD);
        popup.locator("button[value=allow]").click();
    }

    static void types(Page popup, String who, String password) {
        popup.locator("#username").fill(who);
        popup.locator("#password").fill(password);
        popup.locator("button[type=submit]").first().click();
    }

    void click(String button, String statusAfterwards) {
        page.locator(button).click();
        waitForStatus(statusAfterwards);
    }

    void waitForStatus(String text) {
        page.locator("#status", new Page.LocatorOptions().setHasText(text))
                .waitFor(new Locator.WaitForOptions().setState(WaitForSelectorState.VISIBLE));
    }

    String status() {
        return page.locator("#status").textContent();
    }

    String answer() {
        return page.locator("#answer").textContent();
    }

    String accounts() {
        return page.locator("#accounts").textContent();
    }

    /** Runs a call of the library; returns its result, or {@code name: errorCode}. */
    Object call(String expression) {
        return page.evaluate("async () => { try { const r = await (" + expression
                + "); return r && r.accessToken ? r.accessToken : r; }"
                + " catch (e) { return e.name + ': ' + e.errorCode; } }");
    }
}
