package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.authority.Barrier;
import dev.latchkey.authority.Endpoint;
import dev.latchkey.authority.Fault;
import dev.latchkey.authority.IdTokenFlaw;
import dev.latchkey.core.account.Account;
import dev.latchkey.core.account.AccountFilter;
import dev.latchkey.core.cache.Partition;
import dev.latchkey.core.error.AuthException;
import dev.latchkey.core.error.ErrorCodes;
import dev.latchkey.core.error.InteractionRequiredAuthException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A refresh token is a one-way door: what comes through it is kept, whatever goes wrong beside. */
@Timeout(60)
class NothingIsLostTest {
    private final FailingStore store = new FailingStore();
    private final Bench bench = Bench.with(it -> it.store(store));
    private final PublicClientApplication app =
            bench.application(it -> it.store(store).executor(Runnable::run));

    @AfterEach
    void stop() {
        store.recover();
        bench.close();
    }

    // ---- the store first, then the authority

    @Test
    void storeFull_nothingIsSentAndTheTokenIsAsGoodAsBefore() {
        Account account = bench.signIn();
        bench.expireAccessTokens();
        store.isFull = true;

        for (int i = 0; i < 5; i++) {
            failsWith(ErrorCodes.CACHE_QUOTA_EXCEEDED, () -> silent(account));
        }

        assertThat(bench.refreshes()).isZero();
        assertThat(store.reservations).as("asked once, then throttled").isEqualTo(1);
        store.recover();
        bench.clock.advance(Duration.ofSeconds(5));
        assertThat(silent(account).fromCache()).isFalse();
        assertSentOnce();
    }

    @Test
    void storeFull_goodTokensAreServed() {
        Account account = bench.signIn();
        store.isFull = true;

        assertThat(silent(account).fromCache()).isTrue();
        bench.clock.advance(Duration.ofMinutes(55));
        assertThat(silent(account).fromCache()).as("getting old").isTrue();
        assertThat(bench.refreshes()).isZero();
    }

    @Test
    void storeFull_nobodyIsAskedToSignIn() {
        store.isFull = true;

        failsWith(ErrorCodes.CACHE_QUOTA_EXCEEDED, () -> Face.FUTURES.popup(bench.app, PopupRequest.of("User.Read")));

        assertThat(bench.wire.sentTo("/token")).isEmpty();
        assertThat(bench.idp.requests().to(Endpoint.AUTHORIZE)).isEmpty();
    }

    // ---- what the store does not take is kept

    @Test
    void fullUnseen_theAnswerServesAndIsWrittenWhenThereIsRoom() {
        Account account = bench.signIn();
        bench.expireAccessTokens();
        store.isFullUnseen = true;

        AuthenticationResult renewed = silent(account);

        assertThat(renewed.fromCache()).isFalse();
        assertThat(silent(account).accessToken()).isEqualTo(renewed.accessToken());
        assertThat(app.blocking().accounts(AccountFilter.EMPTY)).hasSize(1);
        assertThat(stored(account).accessTokens())
                .noneMatch(token -> token.secret().reveal().equals(renewed.accessToken()));
        bench.scheduler.pass(Duration.ofSeconds(1));
        store.recover();
        bench.scheduler.pass(Duration.ofSeconds(2));
        assertThat(stored(account).accessTokens())
                .anyMatch(token -> token.secret().reveal().equals(renewed.accessToken()));
        assertThat(bench.scheduler.pending()).isZero();
        bench.expireAccessTokens();
        silent(account);
        assertSentOnce();
    }

    @Test
    void awayUnseen_theAnswerServesAndIsWrittenWhenTheStoreIsBack() {
        Account account = bench.signIn();
        bench.expireAccessTokens();
        bench.wire.script((message, real) -> {
            store.isAway = message.uri().getPath().endsWith("/token");
            return null;
        });

        AuthenticationResult renewed = silent(account);

        bench.wire.unscript();
        assertThat(silent(account).accessToken()).isEqualTo(renewed.accessToken());
        store.recover();
        bench.expireAccessTokens();
        assertThat(silent(account).fromCache())
                .as("written by the next renewal")
                .isFalse();
        assertSentOnce();
    }

    @Test
    void kept_othersOnTheStoreDoNotSendWhatIsSpent() {
        Account account = bench.signIn();
        PublicClientApplication other = bench.application(it -> it.store(store).httpTimeout(Duration.ofMillis(50)));
        bench.expireAccessTokens();
        store.isFullUnseen = true;
        silent(account);

        failsWith(ErrorCodes.CACHE_LEASE_TIMEOUT, () -> Face.FUTURES.silent(other, request(account)));

        assertThat(bench.refreshes()).isEqualTo(1);
        store.recover();
        bench.scheduler.pass(Duration.ofSeconds(1));
        assertThat(Face.FUTURES.silent(other, request(account)).fromCache()).isTrue();
    }

    @Test
    void kept_thenExpired_nothingIsRedeemedThatCouldNotBeStored() {
        Account account = bench.signIn();
        bench.expireAccessTokens();
        store.isFullUnseen = true;
        silent(account);
        bench.expireAccessTokens();

        failsWith(ErrorCodes.CACHE_QUOTA_EXCEEDED, () -> silent(account));

        assertThat(bench.refreshes()).isEqualTo(1);
    }

    @Test
    void kept_thenSignedOut_isGone() {
        Account account = bench.signIn();
        bench.expireAccessTokens();
        store.isFullUnseen = true;
        silent(account);

        app.blocking().clearCache(account);

        assertThat(app.blocking().accounts(AccountFilter.EMPTY)).isEmpty();
        assertThat(stored(account)).isEqualTo(Partition.EMPTY);
        store.recover();
        bench.scheduler.pass(Duration.ofMinutes(5));
        assertThat(stored(account)).isEqualTo(Partition.EMPTY);
    }

    @Test
    void kept_signedOutByAnotherMeanwhile_staysGone() {
        Account account = bench.signIn();
        bench.expireAccessTokens();
        store.isFullUnseen = true;
        silent(account);
        store.inner.delete(
                account.partitionKey(), store.inner.read(account.partitionKey()).version());
        store.recover();

        bench.scheduler.pass(Duration.ofSeconds(1));

        assertThat(stored(account)).isEqualTo(Partition.EMPTY);
        assertThat(app.blocking().accounts(AccountFilter.EMPTY)).isEmpty();
    }

    @Test
    void kept_applicationClosed_isWrittenAtLastOrSaid() {
        Account account = bench.signIn();
        bench.expireAccessTokens();
        try (CapturedLog log = new CapturedLog()) {
            PublicClientApplication lucky = bench.application(it -> it.store(store));
            store.isFullUnseen = true;
            String renewed = Face.FUTURES.silent(lucky, request(account)).accessToken();
            store.recover();
            lucky.close();
            assertThat(log.text()).doesNotContain("ERROR");
            assertThat(silent(account).accessToken()).isEqualTo(renewed);

            bench.expireAccessTokens();
            PublicClientApplication unlucky = bench.application(it -> it.store(store));
            store.isFullUnseen = true;
            String lost = Face.FUTURES.silent(unlucky, request(account)).accessToken();
            unlucky.close();
            assertThat(log.text()).contains("ERROR", "sign in again").doesNotContain(lost);
        }
    }

    @Test
    void signIn_storeFailsAfterTheCode_isKeptToo() {
        bench.wire.script((message, real) -> {
            store.isFullUnseen |= message.uri().getPath().endsWith("/token");
            return null;
        });

        AuthenticationResult signedIn = Face.FUTURES.popup(bench.app, PopupRequest.of("User.Read"));

        assertThat(Face.FUTURES
                        .silent(bench.app, request(signedIn.account().orElseThrow()))
                        .accessToken())
                .isEqualTo(signedIn.accessToken());
        assertThat(Face.FUTURES.silent(bench.app, SilentRequest.of("User.Read")).accessToken())
                .as("for the active account")
                .isEqualTo(signedIn.accessToken());
        assertThat(store.inner.list()).isEmpty();
        store.recover();
        bench.app.close();
        assertThat(stored(signedIn.account().orElseThrow()).refreshTokens()).hasSize(1);
    }

    // ---- checks that fail after redeeming

    private static Stream<Fault> unusable() {
        return Stream.of(
                Fault.without("access_token"),
                Fault.without("token_type"),
                Fault.with("token_type", "pop"),
                Fault.with("access_token", "line\nbreak"),
                Fault.with("client_info", "%%%"),
                Fault.idToken(IdTokenFlaw.NOT_A_JWT),
                Fault.idToken(IdTokenFlaw.ALG_NONE),
                Fault.idToken(IdTokenFlaw.BROKEN_SIGNATURE),
                Fault.idToken(IdTokenFlaw.UNKNOWN_KEY),
                Fault.idToken(IdTokenFlaw.WRONG_ISSUER),
                Fault.idToken(IdTokenFlaw.WRONG_AUDIENCE),
                Fault.idToken(IdTokenFlaw.EXPIRED),
                Fault.idToken(IdTokenFlaw.WRONG_AT_HASH),
                Fault.idToken(IdTokenFlaw.MISSING_SUBJECT));
    }

    /** The authority rotates strictly: a token that is sent twice ends the family. */
    @ParameterizedTest
    @MethodSource("unusable")
    void unusableAnswer_itsRefreshTokenIsUsedNext(Fault fault) {
        Account account = bench.signIn();
        bench.expireAccessTokens();
        bench.idp.faults().on(Endpoint.TOKEN).once().answer(fault);
        assertThatThrownBy(() -> silent(account)).isInstanceOf(AuthException.class);

        assertThat(silent(account).fromCache()).isFalse();

        assertSentOnce();
    }

    @Test
    void unreadableAnswer_whatWasSentIsNotSentAgain() {
        Account account = bench.signIn();
        bench.expireAccessTokens();
        bench.idp.faults().on(Endpoint.TOKEN).once().answer(Fault.deeplyNested(10_000));
        assertThatThrownBy(() -> silent(account)).isInstanceOf(AuthException.class);

        assertThatThrownBy(() -> silent(account)).isInstanceOf(InteractionRequiredAuthException.class);

        assertSentOnce();
    }

    @Test
    void pageOfSomethingInBetween_isNoAnswerAndTheTokenStaysGood() {
        Account account = bench.signIn();
        bench.expireAccessTokens();
        bench.idp
                .faults()
                .on(Endpoint.TOKEN)
                .once()
                .answer(Fault.answer(200, "text/html", "<html>Sign in to this network</html>"));
        assertThatThrownBy(() -> silent(account)).isInstanceOf(AuthException.class);

        assertThat(silent(account).fromCache()).isFalse();
    }

    @Test
    void answerForSomebodyElse_itsRefreshTokenIsRevoked() {
        Account account = bench.signIn();
        bench.expireAccessTokens();
        bench.idp.faults().on(Endpoint.TOKEN).once().answer(Fault.idToken(IdTokenFlaw.WRONG_SUBJECT));
        bench.wire
                .metadata(
                        "revocation_endpoint",
                        bench.idp.baseUri().resolve("/revoke").toString())
                .answer("/revoke", 200, "");

        failsWith(ErrorCodes.ID_TOKEN_SUBJECT_MISMATCH, () -> Face.FUTURES.silent(app, request(account)));

        assertThat(bench.wire.sentTo("/revoke")).hasSize(1);
        assertThat(bench.wire.sentTo("/revoke").get(0).form().get("token"))
                .isNotEqualTo(bench.wire.sentTo("/token").get(0).form().get("refresh_token"));
        assertSentOnce();
    }

    // ---- interrupts

    @Test
    void leaderInterrupted_theOthersGetTheirToken() throws Exception {
        Account account = bench.signIn();
        bench.expireAccessTokens();
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            CountDownLatch asking = new CountDownLatch(1);
            CountDownLatch boarded = new CountDownLatch(1);
            bench.wire.script((message, real) -> {
                if (asking.getCount() > 0) {
                    asking.countDown();
                    boarded.await();
                    throw new InterruptedException();
                }
                return null;
            });
            SilentRequest request = request(account);
            CompletableFuture<CompletableFuture<AuthenticationResult>> leader =
                    CompletableFuture.supplyAsync(() -> app.acquireTokenSilent(request), threads);
            asking.await();
            CompletableFuture<AuthenticationResult> follower = app.acquireTokenSilent(request);
            boarded.countDown();

            assertThat(follower.get(30, TimeUnit.SECONDS).fromCache()).isFalse();
            failsWith(ErrorCodes.INTERRUPTED, () -> Face.join(leader.get(30, TimeUnit.SECONDS)));
            assertSentOnce();
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void executorShutDownInMidRequest_whatArrivesIsKept() throws Exception {
        Account account = bench.signIn();
        bench.expireAccessTokens();
        ExecutorService threads = Executors.newSingleThreadExecutor();
        Barrier barrier = bench.idp.hold(Endpoint.TOKEN);
        PublicClientApplication closing =
                bench.application(it -> it.store(store).executor(threads));
        var unused = closing.acquireTokenSilent(request(account));
        barrier.awaitWaiting(1, Duration.ofSeconds(30));
        threads.shutdownNow();
        closing.close();
        barrier.release();
        assertThat(threads.awaitTermination(30, TimeUnit.SECONDS)).isTrue();

        assertThat(silent(account).fromCache()).isTrue();
        assertSentOnce();
    }

    // ---- helpers

    private AuthenticationResult silent(Account account) {
        return Face.FUTURES.silent(app, request(account));
    }

    private static SilentRequest request(Account account) {
        return SilentRequest.builder("User.Read").account(account).build();
    }

    private Partition stored(Account account) {
        return store.inner.read(account.partitionKey()).partition();
    }

    private void assertSentOnce() {
        List<String> sent = new ArrayList<>();
        bench.wire.sentTo("/token").forEach(message -> sent.add(message.form().get("refresh_token")));
        assertThat(sent).doesNotContainNull().doesNotHaveDuplicates();
    }

    private static void failsWith(String code, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(AuthException.class, e -> assertThat(e.errorCode())
                .as(e.getMessage())
                .isEqualTo(code));
    }
}
