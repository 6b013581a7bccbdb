package dev.latchkey.integration.web;

import static dev.latchkey.integration.web.PersonAtThePage.ALICE;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.Request;
import dev.latchkey.authority.LocalAuthorityBuilder;
import dev.latchkey.core.authorize.ResponseMode;
import dev.latchkey.examples.webpage.WebPage;
import dev.latchkey.integration.browser.ChromiumBrowser;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Responses by form post, from an authority on another site: the browser withholds our cookies from its post. */
final class FormPostPageTest {
    @RegisterExtension
    static final ChromiumBrowser CHROMIUM = new ChromiumBrowser();

    private final List<String> visited = new CopyOnWriteArrayList<>();
    private WebPage site;

    private PersonAtThePage open(UnaryOperator<LocalAuthorityBuilder> authority) throws Exception {
        site = WebPage.start(0, authority, web -> web.responseMode(ResponseMode.FORM_POST));
        Page page = CHROMIUM.newPage();
        page.context().onRequest(this::note);
        return PersonAtThePage.opens(page, site);
    }

    private void note(Request request) {
        visited.add(request.method() + " " + request.url());
    }

    @AfterEach
    void stop() {
        if (site != null) {
            site.close();
        }
    }

    private void assertPosted(int times) {
        String callback = site.address() + "latchkey/callback";
        assertThat(visited).filteredOn(("POST " + callback)::equals).hasSize(times);
        assertThat(visited).noneMatch(it -> it.contains("code="));
    }

    @Test
    void popup_ofAnotherSite_signsIn() throws Exception {
        PersonAtThePage person = open(idp -> idp);
        assertThat(site.authority().baseUri().getHost())
                .isNotEqualTo(site.address().getHost());

        person.signsIn(ALICE);

        assertThat(person.accounts()).contains(ALICE);
        assertPosted(2);
    }

    @Test
    void redirect_ofAnotherSite_comesBackWhereItBegan() throws Exception {
        PersonAtThePage person = open(idp -> idp);
        person.page.navigate(site.address() + "?mail=42#part-2");
        person.waitUntilReady();

        person.page.locator("#login-redirect").click();
        PersonAtThePage.finishes(person.page, ALICE);
        person.waitForStatus("Signed in");

        assertThat(person.page.url()).isEqualTo(site.address() + "?mail=42#part-2");
        assertPosted(2);
    }

    @Test
    void hiddenFrame_staysWithTheQuery_becauseNoAuthorityLetsItsPageBeFramed() throws Exception {
        PersonAtThePage person = open(LocalAuthorityBuilder::namedLocalhost).signsIn(ALICE);

        Object token = person.call("msalInstance.ssoSilent({scopes: ['User.Read']})");

        assertThat(token).asString().isNotEmpty().doesNotContain("Error");
    }
}
