package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.authority.Endpoint;
import dev.latchkey.authority.Fault;
import dev.latchkey.authority.GrantType;
import dev.latchkey.core.account.Account;
import dev.latchkey.core.error.AuthException;
import dev.latchkey.core.error.ErrorCodes;
import dev.latchkey.core.error.InteractionRequiredAuthException;
import dev.latchkey.core.error.NetworkException;
import dev.latchkey.core.error.ServerException;
import dev.latchkey.core.http.HttpAnswer;
import dev.latchkey.http.HttpTransport;
import dev.latchkey.store.MemoryTokenStore;
import dev.latchkey.store.TokenStore;
import java.io.IOException;
import java.net.ConnectException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** When the server is left alone, for whom, and what is sent twice. */
@Timeout(60)
class ThrottlingTest {
    private final Bench bench = Bench.start();
    private Account account;

    @BeforeEach
    void signIn() {
        account = bench.signIn();
        bench.expireAccessTokens();
    }

    @AfterEach
    void stop() {
        bench.close();
    }

    @ParameterizedTest
    @EnumSource(Face.class)
    void retryAfter_inSeconds_isKept(Face face) {
        throttleOnce(Fault.tooManyRequests(Duration.ofSeconds(7)));
        assertThatThrownBy(() -> face.silent(bench.app, silent())).satisfies(retryAfter(Duration.ofSeconds(7)));

        bench.clock.advance(Duration.ofSeconds(3));
        assertThatThrownBy(() -> face.silent(bench.app, silent()))
                .isInstanceOf(ServerException.class)
                .satisfies(retryAfter(Duration.ofSeconds(4)));
        assertThat(bench.refreshes()).isEqualTo(1);

        bench.clock.advance(Duration.ofSeconds(4));
        assertThat(face.silent(bench.app, silent()).fromCache()).isFalse();
    }

    @Test
    void retryAfter_asADate_isKept() {
        Instant until = bench.clock.instant().plusSeconds(90);
        throttleOnce(Fault.unavailableUntil(until));
        assertThatThrownBy(() -> Face.FUTURES.silent(bench.app, silent()))
                .satisfies(retryAfter(Duration.ofSeconds(90)));

        bench.clock.advance(Duration.ofSeconds(89));
        assertThatThrownBy(() -> Face.FUTURES.silent(bench.app, silent())).isInstanceOf(ServerException.class);
        bench.clock.advance(Duration.ofSeconds(1));
        assertThat(Face.FUTURES.silent(bench.app, silent()).fromCache()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Retry-After", "retry-after", "RETRY-AFTER", "rEtRy-aFtEr"})
    void retryAfter_headerInAnyCase_isSeen(String header) {
        answerTokenOnce(429, Map.of(header, List.of("13")), "{}");
        assertThatThrownBy(() -> Face.FUTURES.silent(bench.app, silent()))
                .satisfies(retryAfter(Duration.ofSeconds(13)));
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 500, 502, 503, 504})
    void statusWithoutRetryAfter_isKeptForAMinute(int status) {
        throttleOnce(Fault.status(status));
        assertThatThrownBy(() -> Face.FUTURES.silent(bench.app, silent())).isInstanceOf(ServerException.class);

        bench.clock.advance(Duration.ofSeconds(59));
        assertThatThrownBy(() -> Face.FUTURES.silent(bench.app, silent())).satisfies(retryAfter(Duration.ofSeconds(1)));
        assertThat(bench.refreshes()).isEqualTo(1);

        bench.clock.advance(Duration.ofSeconds(1));
        assertThat(Face.FUTURES.silent(bench.app, silent()).fromCache()).isFalse();
    }

    @Test
    void retryAfter_absurd_isBounded() {
        answerTokenOnce(429, Map.of("Retry-After", List.of("9999999")), "{}");
        assertThatThrownBy(() -> Face.FUTURES.silent(bench.app, silent())).satisfies(retryAfter(Duration.ofHours(1)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"soon", "-5", "", "99999999999999999999"})
    void retryAfter_unreadable_isAMinute(String value) {
        answerTokenOnce(429, Map.of("Retry-After", List.of(value)), "{}");
        assertThatThrownBy(() -> Face.FUTURES.silent(bench.app, silent())).isInstanceOf(ServerException.class);
        assertThatThrownBy(() -> Face.FUTURES.silent(bench.app, silent())).satisfies(retryAfter(Duration.ofMinutes(1)));
    }

    @Test
    void clockSetBack_doesNotHoldForLonger() {
        throttleOnce(Fault.tooManyRequests(Duration.ofSeconds(60)));
        assertThatThrownBy(() -> Face.FUTURES.silent(bench.app, silent())).isInstanceOf(ServerException.class);
        bench.clock.advance(Duration.ofSeconds(-10));
        assertThat(Face.FUTURES.silent(bench.app, silent()).fromCache()).isFalse();
    }

    @Test
    void oneOfTwoPeopleIsThrottled_theOtherIsNot() {
        Account bob = bench.signInAs(Bench.BOB);
        bench.expireAccessTokens();
        throttleOnce(Fault.tooManyRequests(Duration.ofMinutes(5)));
        assertThatThrownBy(() -> Face.FUTURES.silent(bench.app, silent())).isInstanceOf(ServerException.class);

        assertThat(Face.FUTURES
                        .silent(bench.app, silent().toBuilder().account(bob).build())
                        .fromCache())
                .isFalse();
    }

    @Test
    void oneRequestIsThrottled_anotherOfTheSamePersonIsNot() {
        throttleOnce(Fault.tooManyRequests(Duration.ofMinutes(5)));
        assertThatThrownBy(() -> Face.FUTURES.silent(bench.app, silent())).isInstanceOf(ServerException.class);

        assertThat(Face.FUTURES
                        .silent(bench.app, silent().toBuilder().forceRefresh().build())
                        .fromCache())
                .isFalse();
    }

    @Test
    void interactionRequired_isRememberedBriefly_withAllItSaid() {
        SilentRequest unconsented =
                SilentRequest.builder("Mail.Send").account(account).build();
        for (int i = 0; i < 20; i++) {
            assertThatThrownBy(() -> Face.FUTURES.silent(bench.app, unconsented))
                    .isInstanceOfSatisfying(InteractionRequiredAuthException.class, e -> {
                        assertThat(e.subError()).contains(ErrorCodes.CONSENT_REQUIRED);
                        assertThat(e.correlationId()).isPresent();
                    });
        }
        assertThat(bench.refreshes()).isEqualTo(1);

        bench.clock.advance(Duration.ofSeconds(30));
        assertThatThrownBy(() -> Face.FUTURES.silent(bench.app, unconsented))
                .isInstanceOf(InteractionRequiredAuthException.class);
        assertThat(bench.refreshes()).isEqualTo(2);
    }

    @Test
    void interactionThatSucceeds_makesItForgotten() {
        SilentRequest unconsented =
                SilentRequest.builder("Mail.Send").account(account).build();
        assertThatThrownBy(() -> Face.FUTURES.silent(bench.app, unconsented))
                .isInstanceOf(InteractionRequiredAuthException.class);

        bench.signIn("Mail.Send");
        bench.expireAccessTokens();

        assertThat(Face.FUTURES.silent(bench.app, unconsented).fromCache()).isFalse();
    }

    /** An empty cache costs no server anything to look at again: somebody else may have signed in meanwhile. */
    @Test
    void noTokens_isNotRemembered() {
        TokenStore store = MemoryTokenStore.create();
        PublicClientApplication here = bench.application(it -> it.store(store));
        PublicClientApplication there = bench.application(it -> it.store(store));
        assertThatThrownBy(() -> Face.FUTURES.silent(here, silent()))
                .isInstanceOfSatisfying(
                        AuthException.class, e -> assertThat(e.errorCode()).isEqualTo(ErrorCodes.NO_TOKENS_FOUND));

        bench.signIn(there);
        bench.expireAccessTokens();

        assertThat(Face.FUTURES.silent(here, silent()).fromCache()).isFalse();
    }

    @Test
    void connectionRefused_isTriedTwice() {
        bench.wire.fail(message -> true, new HttpTransport.NotSentException(new ConnectException("refused")));
        assertThatThrownBy(() -> Face.FUTURES.silent(bench.app, silent()))
                .isInstanceOfSatisfying(NetworkException.class, e -> {
                    assertThat(e.errorCode()).isEqualTo(ErrorCodes.NO_NETWORK_CONNECTIVITY);
                    assertThat(e.endpoint()).isPresent();
                    assertThat(e.correlationId()).isPresent();
                });
        assertThat(bench.wire.sent()).hasSize(2);
    }

    @Test
    void refreshThatNeverLeft_isSentAgain() {
        boolean[] failed = new boolean[1];
        bench.wire.script((message, real) -> {
            if (message.form() != null && !failed[0]) {
                failed[0] = true;
                throw new HttpTransport.NotSentException(new ConnectException("refused"));
            }
            return null;
        });
        assertThat(Face.FUTURES.silent(bench.app, silent()).fromCache()).isFalse();
        assertThat(bench.wire.sentTo("/token")).hasSize(2);
    }

    @Test
    void refreshThatMayHaveArrived_isNotSentAgain() {
        bench.wire.fail(message -> message.form() != null, new IOException("reset"));
        assertThatThrownBy(() -> Face.FUTURES.silent(bench.app, silent()))
                .isInstanceOfSatisfying(NetworkException.class, e -> assertThat(e.errorCode())
                        .isEqualTo(ErrorCodes.POST_REQUEST_FAILED));
        assertThat(bench.wire.sentTo("/token")).hasSize(1);
    }

    @Test
    void refreshAnswered503_isNotSentAgain() {
        throttleOnce(Fault.unavailable());
        assertThatThrownBy(() -> Face.FUTURES.silent(bench.app, silent())).isInstanceOf(ServerException.class);
        assertThat(bench.wire.sentTo("/token")).hasSize(1);
    }

    @Test
    void documentThatFailedOnce_isReadAgain() {
        bench.idp.faults().on(Endpoint.METADATA).once().answer(Fault.status(502));
        bench.idp.faults().on(Endpoint.KEYS).once().answer(Fault.reset());
        assertThat(Face.FUTURES.silent(bench.app, silent()).fromCache()).isFalse();
    }

    @Test
    void documentWithRetryAfter_isNotReadAgainAtOnce() {
        bench.idp.faults().on(Endpoint.METADATA).answer(Fault.unavailable(Duration.ofSeconds(30)));
        assertThatThrownBy(() -> Face.FUTURES.silent(bench.app, silent())).isInstanceOf(AuthException.class);
        assertThat(bench.wire.sentTo("/openid-configuration")).hasSize(1);
    }

    @Test
    void failedNetwork_isNotThrottled() {
        bench.wire.fail(message -> message.form() != null, new IOException("reset"));
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(() -> Face.FUTURES.silent(bench.app, silent())).isInstanceOf(NetworkException.class);
        }
        assertThat(bench.wire.sentTo("/token")).hasSize(3);
    }

    @Test
    void deadlineOfTheApplication_holdsWhereTheRequestNamesNone() {
        try (var barrier = bench.idp.holdTokenEndpoint()) {
            var waiting = bench.app.acquireTokenSilent(silent());
            barrier.awaitWaiting(1, Duration.ofSeconds(30));
            bench.scheduler.pass(Duration.ofSeconds(59));
            assertThat(waiting).isNotDone();
            bench.scheduler.pass(Duration.ofSeconds(1));
            assertThatThrownBy(() -> Face.join(waiting))
                    .isInstanceOfSatisfying(NetworkException.class, e -> assertThat(e.errorCode())
                            .isEqualTo(ErrorCodes.TIMED_OUT));
        }
    }

    private void throttleOnce(Fault fault) {
        bench.idp
                .faults()
                .on(Endpoint.TOKEN)
                .grant(GrantType.REFRESH_TOKEN)
                .once()
                .answer(fault);
    }

    private void answerTokenOnce(int status, Map<String, List<String>> headers, String body) {
        boolean[] done = new boolean[1];
        bench.wire.script((message, real) -> {
            if (message.form() == null || done[0]) {
                return null;
            }
            done[0] = true;
            return new HttpAnswer(status, headers, body);
        });
    }

    private static java.util.function.Consumer<Throwable> retryAfter(Duration wait) {
        return e -> assertThat(((AuthException) e).retryAfter()).contains(wait);
    }

    private SilentRequest silent() {
        return SilentRequest.builder("User.Read").account(account).build();
    }
}
