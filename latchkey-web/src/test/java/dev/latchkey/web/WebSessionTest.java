package dev.latchkey.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.SilentRequest;
import dev.latchkey.core.account.Account;
import dev.latchkey.core.account.AccountFilter;
import dev.latchkey.core.error.AuthException;
import dev.latchkey.web.session.AccountRef;
import dev.latchkey.web.session.SessionData;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What Java code outside the servlet may use of a session: its accounts and no others. */
final class WebSessionTest {
    private static final SilentRequest REQUEST = SilentRequest.of("User.Read");

    private WebBench bench;
    private Account alice;
    private Account bob;

    @BeforeEach
    void start() throws Exception {
        bench = WebBench.start();
        bench.browser().signIn(WebBench.ALICE, "User.Read");
        bench.browser().signIn(WebBench.BOB, "User.Read");
        alice = account(WebBench.ALICE);
        bob = account(WebBench.BOB);
    }

    @AfterEach
    void stop() {
        bench.close();
    }

    private Account account(String name) {
        return bench.web()
                .application()
                .account(AccountFilter.username(name))
                .join()
                .orElseThrow();
    }

    private WebSession session(SessionData data) {
        return WebSession.of(bench.web().application(), data);
    }

    private static String errorOf(CompletableFuture<?> failed) {
        return ((AuthException) Assertions.catchThrowableOfType(CompletionException.class, failed::join)
                        .getCause())
                .errorCode();
    }

    @Test
    void token_ofAnAccountOutsideTheSession_isNotGiven() {
        WebSession session = session(SessionData.EMPTY.with(AccountRef.of(alice)));

        assertThat(errorOf(session.acquireTokenSilent(
                        REQUEST.toBuilder().account(bob).build())))
                .isEqualTo("no_account_found");
        assertThat(session.account(AccountRef.of(bob))).isEmpty();
        assertThat(session.accounts()).containsExactly(alice);
        assertThat(session.acquireTokenSilent(REQUEST).join().account()).contains(alice);
    }

    @Test
    void token_whereNobodyIsMeant_isNotGiven() {
        SessionData both = SessionData.EMPTY
                .with(AccountRef.of(alice))
                .with(AccountRef.of(bob))
                .activating(null);

        assertThat(errorOf(session(both).acquireTokenSilent(REQUEST))).isEqualTo("no_account_error");
        assertThat(errorOf(session(SessionData.EMPTY).acquireTokenSilent(REQUEST)))
                .isEqualTo("no_account_error");
    }
}
