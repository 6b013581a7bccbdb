package dev.latchkey.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.account.Account;
import dev.latchkey.core.account.AccountFilter;
import dev.latchkey.store.TokenStore;
import dev.latchkey.web.session.AccountRef;
import dev.latchkey.web.session.SessionData;
import dev.latchkey.web.session.SessionId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Two fronts of one application that keep sessions in one store share tokens: neither removes tokens that the other
 * uses.
 */
final class FrontsTest {
    private WebBench bench;
    private Browser browser;
    private LatchkeyWeb other;

    @BeforeEach
    void start() throws Exception {
        bench = WebBench.start();
        browser = bench.browser();
        other = front("/other", bench.sessions);
    }

    @AfterEach
    void stop() {
        bench.close();
    }

    private LatchkeyWeb front(String path, TokenStore sessions) {
        return LatchkeyWeb.builder(bench.web().application())
                .pathPrefix(path)
                .workers(Runnable::run)
                .clock(bench.clock)
                .sessionStore(sessions)
                .build();
    }

    /** Simulates a sign-in of the same user through the other front. */
    private SessionId signInThroughTheOther() {
        return other.sessions().create(SessionData.EMPTY.with(AccountRef.of(alice())));
    }

    private Account alice() {
        return bench.web()
                .application()
                .account(AccountFilter.username(WebBench.ALICE))
                .join()
                .orElseThrow();
    }

    private List<Account> accounts() {
        return bench.web().application().accounts(AccountFilter.EMPTY).join();
    }

    @Test
    void signOut_throughOneFront_leavesTheTokensThatTheOtherUses() {
        browser.signIn(WebBench.ALICE, "User.Read");
        SessionId there = signInThroughTheOther();

        browser.post("/logout", Map.of("type", "redirect", "id", Browser.newId()));

        assertThat(accounts()).isNotEmpty();
        assertThat(other.sessions().read(there).accounts()).hasSize(1);
    }

    @Test
    void clear_throughOneFront_leavesTheTokensThatTheOtherUses() {
        browser.signIn(WebBench.ALICE, "User.Read");
        signInThroughTheOther();

        browser.post("/clear", "{}");

        assertThat(browser.usernames()).isEmpty();
        assertThat(accounts()).isNotEmpty();
    }

    @Test
    void clear_afterTheOtherFrontsSessionEnded_takesTheTokens() {
        browser.signIn(WebBench.ALICE, "User.Read");
        other.sessions().end(signInThroughTheOther());

        browser.post("/clear", "{}");

        assertThat(accounts()).isEmpty();
    }

    @Test
    void signOutEverywhere_throughOneFront_endsTheAccountInTheOther() {
        browser.signIn(WebBench.ALICE, "User.Read");
        SessionId there = signInThroughTheOther();

        other.signOutEverywhere(alice()).join();

        assertThat(browser.usernames()).isEmpty();
        assertThat(other.sessions().read(there).accounts()).isEmpty();
        assertThat(accounts()).isEmpty();
    }

    @Test
    void cookie_ofOneFront_opensNothingInTheOther() {
        browser.signIn(WebBench.ALICE, "User.Read");
        SessionId here = SessionId.of(browser.cookie).orElseThrow();

        assertThat(other.sessions().read(here)).isNull();
    }
}
