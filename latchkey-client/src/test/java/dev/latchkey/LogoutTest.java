package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.authority.Endpoint;
import dev.latchkey.authority.Fault;
import dev.latchkey.core.account.Account;
import dev.latchkey.core.error.AuthException;
import dev.latchkey.core.error.ErrorCodes;
import dev.latchkey.core.http.Parameters;
import dev.latchkey.store.MemoryTokenStore;
import dev.latchkey.store.TokenStore;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Signing out: here first, then there, and here even if there fails. */
@Timeout(60)
class LogoutTest {
    private static final String REVOCATION = "http://127.0.0.1:9/revoke";

    private final AtomicReference<URI> shown = new AtomicReference<>();
    private final Bench bench = Bench.start();

    @AfterEach
    void stop() {
        bench.close();
    }

    @Test
    void logout_givesTheAddressThatEndsTheSession() {
        Account account = bench.signIn();
        LogoutRequest request = LogoutRequest.builder(account)
                .postLogoutRedirectUri(URI.create("http://127.0.0.1/bye"))
                .state("my state")
                .build();

        URI address = Face.join(bench.app.logout(request));

        Map<String, String> query = Parameters.decode(address.getRawQuery()).asMap();
        assertThat(address).hasPath("/" + account.tenantId() + "/oauth2/v2.0/logout");
        assertThat(query)
                .containsEntry("client_id", "demo-app")
                .containsEntry("post_logout_redirect_uri", "http://127.0.0.1/bye")
                .containsEntry("state", "my state")
                .containsEntry("logout_hint", account.loginHint().orElseThrow())
                .containsKeys("id_token_hint", "client-request-id");
        assertThat(bench.app.blocking().accounts()).isEmpty();
    }

    @Test
    void logout_explicitHint_winsOverTheAccounts() {
        Account account = bench.signIn();
        URI address = Face.join(bench.app.logout(
                LogoutRequest.builder(account).logoutHint("hint").revoke(false).build()));
        assertThat(Parameters.decode(address.getRawQuery()).asMap())
                .containsEntry("logout_hint", "hint")
                .doesNotContainKeys("state", "post_logout_redirect_uri");
    }

    @Test
    void logoutPopup_showsThePageThatEndsTheSession() {
        TokenStore store = MemoryTokenStore.create();
        Account account = bench.signIn(bench.application(it -> it.store(store)));
        PublicClientApplication app = bench.application(it -> it.store(store).userAgent(shown::set));

        Face.join(app.logoutPopup(LogoutRequest.of(account)));

        assertThat(shown.get()).hasPath("/" + account.tenantId() + "/oauth2/v2.0/logout");
        assertThat(app.blocking().accounts()).isEmpty();
        assertThatThrownBy(() -> Face.FUTURES.silent(
                        app, SilentRequest.builder("User.Read").account(account).build()))
                .isInstanceOf(AuthException.class);
    }

    @Test
    void blockingFace_signsOutToo() {
        Account account = bench.signIn();
        assertThat(bench.app.blocking().logout(LogoutRequest.of(account)).getPath())
                .endsWith("/logout");
        account = bench.signIn();
        bench.app.blocking().logoutPopup(LogoutRequest.of(account));
        assertThat(bench.app.blocking().accounts()).isEmpty();
    }

    @Test
    void refreshToken_isRevokedWhereTheAuthorityCan() {
        Account account = bench.signIn();
        bench.wire.metadata("revocation_endpoint", REVOCATION).answer("/revoke", 200, "");

        try (CapturedLog log = new CapturedLog()) {
            Face.join(bench.app.logout(LogoutRequest.of(account)));
            assertThat(log.text()).doesNotContain("not revoked");
        }

        assertThat(bench.wire.sentTo("/revoke")).singleElement().satisfies(message -> {
            assertThat(message.form().get("token_type_hint")).isEqualTo("refresh_token");
            assertThat(message.form().get("token")).isNotBlank();
            assertThat(message.form().get("client_id")).isEqualTo("demo-app");
        });
    }

    @Test
    void revocationNotWanted_isNotAsked() {
        Account account = bench.signIn();
        bench.wire.metadata("revocation_endpoint", REVOCATION).answer("/revoke", 200, "");

        Face.join(bench.app.logout(LogoutRequest.builder(account).revoke(false).build()));

        assertThat(bench.wire.sentTo("/revoke")).isEmpty();
    }

    @Test
    void revocationFails_signsOutAllTheSame() {
        Account account = bench.signIn();
        bench.wire.metadata("revocation_endpoint", REVOCATION).answer("/revoke", 503, "");
        try (CapturedLog log = new CapturedLog()) {
            assertThat(Face.join(bench.app.logout(LogoutRequest.of(account)))).isNotNull();
            assertThat(log.text()).contains("was not revoked: HTTP 503");
        }
        assertThat(bench.app.blocking().accounts()).isEmpty();
    }

    @Test
    void authorityDown_tokensAreGoneAllTheSame() {
        Account account = bench.signIn();
        Recorder recorder = Recorder.of(bench.app);
        bench.idp.faults().on(Endpoint.METADATA).answer(Fault.reset());

        assertThatThrownBy(() -> Face.join(bench.app.logoutPopup(LogoutRequest.of(account))))
                .isInstanceOf(AuthException.class);

        assertThat(bench.app.blocking().accounts()).isEmpty();
        assertThat(bench.app.interactionStatus()).isEqualTo(InteractionStatus.NONE);
        assertThat(recorder.types())
                .containsExactly(
                        EventType.LOGOUT_START,
                        EventType.ACTIVE_ACCOUNT_CHANGED,
                        EventType.LOGOUT_FAILURE,
                        EventType.LOGOUT_END);
    }

    /** The tokens go before anything is asked of anybody who may not answer. */
    @Test
    void authorityHangs_tokensAreGoneAtOnce() {
        Account account = bench.signIn();
        try (var barrier = bench.idp.hold(Endpoint.METADATA)) {
            var signingOut = bench.app.logout(LogoutRequest.of(account));
            barrier.awaitWaiting(1, Duration.ofSeconds(30));
            assertThat(bench.app.blocking().accounts()).isEmpty();
            barrier.release();
            Face.join(signingOut);
        }
    }

    @Test
    void authorityWithoutSignOutPage_logoutPopupIsLocal_logoutSaysSo() {
        bench.wire.metadata("end_session_endpoint", "");
        Account account = bench.signIn();
        Face.join(bench.app.logoutPopup(LogoutRequest.of(account)));
        assertThat(bench.app.blocking().accounts()).isEmpty();

        Account again = bench.signIn();
        assertThatThrownBy(() -> Face.join(bench.app.logout(LogoutRequest.of(again))))
                .isInstanceOfSatisfying(AuthException.class, e -> assertThat(e.errorCode())
                        .isEqualTo(ErrorCodes.END_SESSION_ENDPOINT_NOT_SUPPORTED));
        assertThat(bench.app.blocking().accounts()).isEmpty();
    }

    @Test
    void oneOfTwoPeople_theOtherStaysWhole() {
        Account alice = bench.signInAs(Bench.ALICE);
        Account bob = bench.signInAs(Bench.BOB);

        Face.join(bench.app.logout(LogoutRequest.of(alice)));

        assertThat(bench.app.blocking().accounts()).containsExactly(bob);
        bench.expireAccessTokens();
        assertThat(Face.FUTURES
                        .silent(
                                bench.app,
                                SilentRequest.builder("User.Read").account(bob).build())
                        .fromCache())
                .isFalse();
    }

    @Test
    void executorRefuses_failsAndTheTurnIsFree() {
        Account account = bench.signIn();
        PublicClientApplication refusing = bench.application(it -> it.executor(task -> {
            throw new java.util.concurrent.RejectedExecutionException("shut down");
        }));
        for (var signingOut : java.util.List.of(
                refusing.logoutPopup(LogoutRequest.of(account)), refusing.logout(LogoutRequest.of(account)))) {
            assertThatThrownBy(() -> Face.join(signingOut)).isInstanceOf(AuthException.class);
        }
        assertThat(refusing.interactionStatus()).isEqualTo(InteractionStatus.NONE);
    }
}
