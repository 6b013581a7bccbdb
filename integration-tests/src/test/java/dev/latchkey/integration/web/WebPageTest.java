package dev.latchkey.integration.web;

import static dev.latchkey.integration.web.PersonAtThePage.ALICE;
import static dev.latchkey.integration.web.PersonAtThePage.BOB;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import dev.latchkey.authority.CrossOriginOpenerPolicy;
import dev.latchkey.authority.Endpoint;
import dev.latchkey.authority.Fault;
import dev.latchkey.authority.GrantType;
import dev.latchkey.authority.LocalAuthority;
import dev.latchkey.authority.LocalAuthorityBuilder;
import dev.latchkey.examples.webpage.WebPage;
import dev.latchkey.integration.browser.ChromiumBrowser;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Popup, redirect and hidden frame of a page, with the tokens on the Java server. */
final class WebPageTest {
    @RegisterExtension
    static final ChromiumBrowser CHROMIUM = new ChromiumBrowser();

    private static final String REQUEST = "{scopes: ['User.Read']}";

    private WebPage site;

    private PersonAtThePage open(UnaryOperator<LocalAuthorityBuilder> authority) throws Exception {
        site = WebPage.start(0, idp -> authority.apply(idp.namedLocalhost()), web -> web);
        return PersonAtThePage.opens(CHROMIUM.newPage(), site);
    }

    private PersonAtThePage open() throws Exception {
        return open(idp -> idp);
    }

    @AfterEach
    void stop() {
        if (site != null) {
            site.close();
        }
    }

    @Test
    void popupSample_asPrinted_tokenCallsTheApi() throws Exception {
        PersonAtThePage person = open().signsIn(ALICE);
        site.authority()
                .faults()
                .on(Endpoint.TOKEN)
                .grant(GrantType.REFRESH_TOKEN)
                .once()
                .answer(Fault.error(400, "invalid_grant", "revoked"));
        // A scope that was never requested: the silent call fails, and the sample opens the popup.
        Page popup = person.page.waitForPopup(() -> person.page.evaluate("""
                () => { globalThis.outcome = import('/samples.js').then(async samples => {
                    const { InteractionRequiredAuthError } = await import('/latchkey/latchkey.js');
                    const result = await samples.popupSample(msalInstance, {scopes: ['Mail.Read']}, InteractionRequiredAuthError);
                    return result.scopes.join(' ');
                }); }"""));
        popup.locator("button[value=allow]").click();

        assertThat(person.page.evaluate("() => globalThis.outcome")).asString().contains("Mail.Read");
        person.click("#popup-sample", "Silent, else popup: done");
        assertThat(person.answer()).startsWith("200 ").contains(ALICE);
        CHROMIUM.screenshot(person.page, "signed-in");
    }

    @Test
    void redirectSample_withDeepLinkAndState_comesBackWhereItBegan() throws Exception {
        PersonAtThePage person = open();
        person.page.navigate(site.address() + "?mail=42#part-2");
        person.waitUntilReady();

        person.page.locator("#login-redirect").click();
        PersonAtThePage.finishes(person.page, ALICE);
        person.waitForStatus("Signed in");

        assertThat(person.page.url()).isEqualTo(site.address() + "?mail=42#part-2");
        assertThat(person.answer()).contains("200 ").contains("state: from the redirect button");
        person.page.reload();
        person.waitForStatus("Signed in");
        assertThat(person.answer()).isEqualTo("Nothing was called yet.");
        person.click("#redirect-sample", "Silent, else redirect: done");
        assertThat(person.answer()).startsWith("200 ");
    }

    @Test
    void redirectSample_asPrinted_leavesForConsentAndComesBackWithTheToken() throws Exception {
        PersonAtThePage person = open().signsIn(ALICE);
        site.authority()
                .faults()
                .on(Endpoint.TOKEN)
                .grant(GrantType.REFRESH_TOKEN)
                .once()
                .answer(Fault.error(400, "invalid_grant", "revoked"));
        person.page.evaluate("""
                async () => {
                    const samples = await import('/samples.js');
                    const { InteractionRequiredAuthError } = await import('/latchkey/latchkey.js');
                    samples.redirectSample(msalInstance, {scopes: ['Mail.Read']}, InteractionRequiredAuthError);
                }""");
        person.page.locator("button[value=allow]").click();
        person.waitForStatus("Signed in");

        assertThat(person.page.locator("#token").textContent()).contains("Mail.Read");
    }

    @Test
    void waitingSample_asPrinted_getsAScopeThatNeedsConsent() throws Exception {
        PersonAtThePage person = open().signsIn(ALICE);

        Page popup = person.popup("#mail");
        popup.locator("button[value=allow]").click();
        person.waitForStatus("With a scope that needs consent: done");

        assertThat(person.page.locator("#token").textContent()).contains("Mail.Read");
    }

    @Test
    void popup_closedByThePerson_isToldAtOnceAndTheNextOneWorks() throws Exception {
        PersonAtThePage person = open();
        Page popup = person.popup("#login-popup");
        // No user closes a window that quickly; a window that was isolated looks like that.
        popup.locator("#username").pressSequentially(ALICE, new Locator.PressSequentiallyOptions().setDelay(40));

        popup.close();
        person.waitForStatus("In a popup: user_cancelled");

        person.signsIn(ALICE);
        assertThat(person.accounts()).contains(ALICE);
    }

    @Test
    void popup_blocked_isToldAtOnce() throws Exception {
        PersonAtThePage person = open();
        person.page.evaluate("() => { window.open = () => null; }");

        person.click("#login-popup", "In a popup: popup_window_error");
    }

    @Test
    void popup_refusedByThePerson_isTheAuthoritysError() throws Exception {
        PersonAtThePage person = open();
        Page popup = person.popup("#login-popup");
        PersonAtThePage.types(popup, ALICE, LocalAuthority.DEFAULT_PASSWORD);
        popup.locator("button[value=refuse]").click();

        person.waitForStatus("In a popup: access_denied");
        assertThat(person.accounts()).isEmpty();
    }

    @Test
    void popup_wrongPasswordFirst_signsIn() throws Exception {
        PersonAtThePage person = open();
        Page popup = person.popup("#login-popup");
        PersonAtThePage.types(popup, ALICE, "not the password");
        popup.locator("[role=alert]").waitFor();

        PersonAtThePage.finishes(popup, ALICE);
        person.waitForStatus("In a popup: done");
    }

    @Test
    void popup_cutOffByTheAuthoritysOpenerPolicy_stillAnswers() throws Exception {
        PersonAtThePage person = open(idp -> idp.crossOriginOpenerPolicy(CrossOriginOpenerPolicy.SAME_ORIGIN));
        Page popup = person.popup("#login-popup");

        PersonAtThePage.finishes(popup, ALICE);

        person.waitForStatus("In a popup: done");
        assertThat(person.accounts()).contains(ALICE);
    }

    @Test
    void hiddenFrame_withALiveSessionAtTheAuthority_signsInSilently() throws Exception {
        PersonAtThePage person = open().signsIn(ALICE);
        person.call("msalInstance.clearCache()");
        assertThat(person.call("msalInstance.getAllAccounts().length")).isEqualTo(0);

        person.click("#sso-silent", "Silently, in a hidden frame: done");

        assertThat(person.accounts()).contains(ALICE);
        assertThat(person.page.locator("iframe").count()).isZero();
    }

    @Test
    void hiddenFrame_withoutASession_asksForInteraction() throws Exception {
        PersonAtThePage person = open();

        assertThat(person.call("msalInstance.ssoSilent(" + REQUEST + ")"))
                .isEqualTo("InteractionRequiredAuthError: login_required");
    }

    @Test
    void hiddenFrame_whereThirdPartyCookiesAreBlocked_asksForInteractionAndPopupWorks() throws Exception {
        // By its IP address the authority is another site than localhost.
        site = WebPage.start(0, idp -> idp.withoutThirdPartyCookies(), web -> web);
        PersonAtThePage person = PersonAtThePage.opens(CHROMIUM.newPage(), site).signsIn(ALICE);
        person.call("msalInstance.clearCache()");

        assertThat(person.call("msalInstance.ssoSilent(" + REQUEST + ")"))
                .isIn(
                        "InteractionRequiredAuthError: login_required",
                        "InteractionRequiredAuthError: interaction_required");
        person.page.locator("#login-popup").click();
        person.waitForStatus("In a popup: done");
    }

    @Test
    void fiftyEqualSilentCalls_askTheAuthorityOnce() throws Exception {
        PersonAtThePage person = open().signsIn(ALICE);

        person.click("#many", "Fifty at once: done");

        assertThat(person.answer()).isEqualTo("50 answers, 1 token");
        site.authority().verify().tokenRequests(GrantType.REFRESH_TOKEN).exactly(1);
    }

    @Test
    void twoTabs_shareTheSessionAndTheTurn() throws Exception {
        PersonAtThePage first = open();
        PersonAtThePage second = PersonAtThePage.opens(first.page.context().newPage(), site);
        Page popup = first.popup("#login-popup");

        assertThat(second.call("msalInstance.loginPopup(" + REQUEST + ")"))
                .isEqualTo("BrowserAuthError: interaction_in_progress");
        PersonAtThePage.finishes(popup, ALICE);
        first.waitForStatus("In a popup: done");

        second.page
                .locator("#accounts", new Page.LocatorOptions().setHasText(ALICE))
                .waitFor();
        assertThat(second.call("msalInstance.acquireTokenSilent({...%s, account: msalInstance.getAllAccounts()[0]})"
                        .formatted(REQUEST)))
                .asString()
                .startsWith("ey");
    }

    @Test
    void twoAccounts_chosenByThePage() throws Exception {
        PersonAtThePage person = open().signsIn(ALICE);
        Page popup = person.page.waitForPopup(() -> person.page.evaluate(
                "() => { globalThis.outcome = msalInstance.loginPopup({scopes: ['User.Read'], prompt: 'login'}); }"));
        PersonAtThePage.finishes(popup, BOB);
        person.page.evaluate("() => globalThis.outcome.then(r => msalInstance.setActiveAccount(r.account))");

        person.click("#popup-sample", "Silent, else popup: done");

        assertThat(person.answer()).contains(BOB);
        assertThat(person.accounts()).contains(ALICE, BOB);
    }

    @Test
    void session_gone_asksForThePerson() throws Exception {
        PersonAtThePage person = open().signsIn(ALICE);
        person.page.context().clearCookies();

        // The server has no session any more, and neither has the authority when the hidden frame asks.
        person.click("#refresh", "With a fresh token: login_required");
    }

    @Test
    void refreshToken_revoked_asksForThePerson() throws Exception {
        PersonAtThePage person = open().signsIn(ALICE);

        person.click("[data-trouble=revoked]", "Session revoked: done");
        person.page.locator("#refresh").click();
        person.page.locator("#status.bad").waitFor();

        assertThat(person.answer()).startsWith("InteractionRequiredAuthError");
    }

    @Test
    void signOut_inAPopup_endsEverySessionOfThisBrowser() throws Exception {
        PersonAtThePage first = open().signsIn(ALICE);
        PersonAtThePage second = PersonAtThePage.opens(first.page.context().newPage(), site);
        assertThat(second.accounts()).contains(ALICE);

        first.popup("#accounts button:text-is('Sign out')");
        first.waitForStatus("Sign out: done");

        assertThat(first.accounts()).isEmpty();
        second.page.waitForFunction("() => msalInstance.getAllAccounts().length === 0");
        assertThat(first.call("msalInstance.ssoSilent(" + REQUEST + ")"))
                .isEqualTo("InteractionRequiredAuthError: login_required");
    }

    @Test
    void signOut_byRedirect_comesBack() throws Exception {
        PersonAtThePage person = open().signsIn(ALICE);

        person.page.locator("#accounts button:has-text('Sign out by redirect')").click();
        person.waitForStatus("Nobody is signed in");

        assertThat(person.accounts()).isEmpty();
    }

    @Test
    void redirect_leftByTheBackButton_doesNotStayInTheWay() throws Exception {
        PersonAtThePage person = open();
        person.page.locator("#login-redirect").click();
        person.page.locator("#username").waitFor();

        person.page.goBack();
        person.waitUntilReady();

        person.signsIn(ALICE);
        assertThat(person.accounts()).contains(ALICE);
    }

    @Test
    void page_reloadedWhileItsPopupIsOpen_canAskAgain() throws Exception {
        PersonAtThePage person = open();
        Page popup = person.popup("#login-popup");
        popup.locator("#username").waitFor();

        person.page.reload();
        person.waitUntilReady();
        popup.close();

        person.signsIn(ALICE);
    }

    @Test
    void tokens_standInNoStorageAndNoAddress() throws Exception {
        PersonAtThePage person = open().signsIn(ALICE);
        String token = (String) person.call("msalInstance.acquireTokenSilent(" + REQUEST + ")");

        Object kept = person.page.evaluate(
                "() => JSON.stringify(localStorage) + JSON.stringify(sessionStorage) + document.cookie + location");

        assertThat(token).startsWith("ey");
        assertThat(kept).asString().doesNotContain(token, "eyJ");
    }
}
