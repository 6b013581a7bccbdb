package dev.latchkey.web;

import static dev.latchkey.web.Browser.errorOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.account.AccountFilter;
import dev.latchkey.core.json.JsonObject;
import dev.latchkey.web.session.AccountRef;
import dev.latchkey.web.session.SessionData;
import dev.latchkey.web.session.SessionId;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** After a sign-out, nothing that is left gives access again. */
final class SignOutTest {
    private WebBench bench;
    private Browser browser;

    @BeforeEach
    void start() throws Exception {
        bench = WebBench.start();
        browser = bench.browser();
    }

    @AfterEach
    void stop() {
        bench.close();
    }

    @Test
    void signOut_ofAnAccountWhoseTokensAreGone_leavesNothingToReviveIt() {
        JsonObject alice = browser.signIn(WebBench.ALICE, "User.Read").object("account");
        bench.web().application().accounts(AccountFilter.EMPTY).join().forEach(account -> bench.web()
                .application()
                .clearCache(account)
                .join());

        browser.post("/logout", Map.of("type", "redirect", "id", Browser.newId(), "account", Browser.ref(alice)));
        bench.browser().signIn(WebBench.ALICE, "User.Read");

        assertThat(browser.usernames()).isEmpty();
        assertThat(browser.token(Map.of("account", Browser.ref(alice)), "User.Read")
                        .statusCode())
                .isEqualTo(401);
    }

    @Test
    void signOutEverywhere_endsTheAccountInEveryBrowser() {
        browser.signIn(WebBench.ALICE, "User.Read");
        Browser other = bench.browser();
        other.signIn(WebBench.ALICE, "User.Read");

        bench.web()
                .signOutEverywhere(bench.web()
                        .application()
                        .account(AccountFilter.username(WebBench.ALICE))
                        .join()
                        .orElseThrow())
                .join();
        bench.browser().signIn(WebBench.ALICE, "User.Read");

        assertThat(browser.usernames()).isEmpty();
        assertThat(other.usernames()).isEmpty();
    }

    @Test
    void signOut_withoutAnAccount_isOfEverybody() {
        browser.signIn(WebBench.ALICE, "User.Read");
        browser.signIn(WebBench.BOB, "User.Read");

        browser.post("/logout", Map.of("type", "redirect", "id", Browser.newId()));

        assertThat(browser.usernames()).isEmpty();
        assertThat(browser.cookie).isNull();
        assertThat(bench.web().application().accounts(AccountFilter.EMPTY).join())
                .isEmpty();
    }

    /**
     * The authority is down and its metadata unknown, so there is no address to return; but a later attempt would find
     * no session.
     */
    @Test
    void signOut_ofEverybody_thoughItFailsForEach_leavesNoTokensBehind() {
        browser.signIn(WebBench.ALICE, "User.Read");
        browser.signIn(WebBench.BOB, "User.Read");
        Browser thief = bench.browser();
        thief.cookie = browser.cookie;
        bench.replaceServer();
        bench.idp.close();

        HttpResponse<String> answer = browser.post("/logout", Map.of("type", "redirect", "id", Browser.newId()));

        assertThat(answer.statusCode()).isGreaterThanOrEqualTo(400);
        assertThat(bench.web().application().accounts(AccountFilter.EMPTY).join())
                .isEmpty();
        assertThat(browser.cookie).isNull();
        assertThat(thief.usernames()).isEmpty();
    }

    /** Otherwise the tokens of the other tenants would stay, with no session that could remove them. */
    @Test
    void signOut_whereTheTenantIsNotKnownAnyMore_takesTheAccountsTokensAllTheSame() {
        browser.signIn(WebBench.ALICE, "User.Read");
        SessionId session = SessionId.of(browser.cookie).orElseThrow();
        bench.web().sessions().change(session, data -> {
            AccountRef known = data.accounts().get(0);
            AccountRef elsewhere = new AccountRef(known.homeAccountId(), known.environment(), "another-tenant");
            return new SessionData(List.of(elsewhere), null, List.of(), data.outcomes());
        });

        browser.post("/logout", Map.of("type", "redirect", "id", Browser.newId()));

        assertThat(bench.web().application().accounts(AccountFilter.EMPTY).join())
                .isEmpty();
    }

    @Test
    void outcome_notFetchedBeforeTheSignOut_isGone() {
        JsonObject alice = browser.signIn(WebBench.ALICE, "User.Read").object("account");
        browser.signIn(WebBench.BOB, "User.Read");
        String id = Browser.newId();
        browser.navigate(browser.visit(WebBench.ALICE, browser.start(id, "popup", Map.of(), "User.Read")));

        browser.post("/logout", Map.of("type", "redirect", "id", Browser.newId(), "account", Browser.ref(alice)));

        assertThat(errorOf(browser.post("/result", Map.of("id", id)))).isEqualTo("no_interaction");
    }
}
