package dev.latchkey;

import static dev.latchkey.EventType.ACQUIRE_TOKEN_FAILURE;
import static dev.latchkey.EventType.ACQUIRE_TOKEN_NETWORK_START;
import static dev.latchkey.EventType.ACQUIRE_TOKEN_START;
import static dev.latchkey.EventType.ACQUIRE_TOKEN_SUCCESS;
import static dev.latchkey.EventType.ACTIVE_ACCOUNT_CHANGED;
import static dev.latchkey.EventType.LOGIN_SUCCESS;
import static dev.latchkey.EventType.LOGOUT_END;
import static dev.latchkey.EventType.LOGOUT_START;
import static dev.latchkey.EventType.LOGOUT_SUCCESS;
import static dev.latchkey.EventType.POPUP_OPENED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.authority.person.ScriptedPerson;
import dev.latchkey.core.account.Account;
import dev.latchkey.core.error.AuthException;
import dev.latchkey.core.error.ErrorCodes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What is told, in which order, to whom. */
@Timeout(60)
class EventsTest {
    private static final Duration SOON = Duration.ofSeconds(30);

    private final Bench bench = Bench.start();

    @AfterEach
    void stop() {
        bench.close();
    }

    @ParameterizedTest
    @EnumSource(Face.class)
    void popup_firstSignIn_tellsStartOpenedLoginActiveSuccess(Face face) {
        Recorder recorder = Recorder.of(bench.app);

        AuthenticationResult result = face.popup(bench.app, PopupRequest.of("User.Read"));

        assertThat(recorder.types())
                .containsExactly(
                        ACQUIRE_TOKEN_START,
                        POPUP_OPENED,
                        LOGIN_SUCCESS,
                        ACTIVE_ACCOUNT_CHANGED,
                        ACQUIRE_TOKEN_SUCCESS);
        assertThat(recorder.statuses())
                .containsExactly(InteractionStatus.NONE, InteractionStatus.ACQUIRE_TOKEN, InteractionStatus.NONE);
        assertThat(recorder.events())
                .extracting(EventMessage::correlationId)
                .containsOnly(result.correlationId().orElseThrow());
        assertThat(((EventPayload.Acquired) recorder.events().get(4).payload()).result())
                .isSameAs(result);
        assertThat(recorder.events().toString()).doesNotContain(result.accessToken());
    }

    @Test
    void popup_knownAccount_isNoLogin() {
        bench.signIn();
        Recorder recorder = Recorder.of(bench.app);

        bench.signIn();

        assertThat(recorder.types()).containsExactly(ACQUIRE_TOKEN_START, POPUP_OPENED, ACQUIRE_TOKEN_SUCCESS);
    }

    @ParameterizedTest
    @EnumSource(Face.class)
    void silentHit_tellsStartAndSuccess(Face face) {
        Account account = bench.signIn();
        Recorder recorder = Recorder.of(bench.app);

        face.silent(bench.app, silent(account));

        assertThat(recorder.types()).containsExactly(ACQUIRE_TOKEN_START, ACQUIRE_TOKEN_SUCCESS);
        assertThat(recorder.statuses()).containsExactly(InteractionStatus.NONE);
        assertThat(recorder.events())
                .allSatisfy(event -> assertThat(event.interactionType()).contains(InteractionType.SILENT));
    }

    @ParameterizedTest
    @EnumSource(Face.class)
    void silentRenewal_tellsTheNetworkToo(Face face) {
        Account account = bench.signIn();
        bench.expireAccessTokens();
        Recorder recorder = Recorder.of(bench.app);

        face.silent(bench.app, silent(account));

        assertThat(recorder.types())
                .containsExactly(ACQUIRE_TOKEN_START, ACQUIRE_TOKEN_NETWORK_START, ACQUIRE_TOKEN_SUCCESS);
    }

    @Test
    void silentFailure_tellsOneFailure() {
        Account account = bench.signIn();
        Recorder recorder = Recorder.of(bench.app);

        assertThatThrownBy(() -> Face.FUTURES.silent(
                        bench.app,
                        SilentRequest.builder("Mail.Send").account(account).build()))
                .isInstanceOf(AuthException.class);

        assertThat(recorder.types())
                .containsExactly(ACQUIRE_TOKEN_START, ACQUIRE_TOKEN_NETWORK_START, ACQUIRE_TOKEN_FAILURE);
    }

    @Test
    void silentWithoutAccount_tellsNothing() {
        Recorder recorder = Recorder.of(bench.app);
        assertThatThrownBy(() -> Face.FUTURES.silent(bench.app, SilentRequest.of("User.Read")))
                .isInstanceOf(AuthException.class);
        assertThat(recorder.events()).isEmpty();
    }

    @Test
    void silentCancelledByItsCaller_isToldToItsEnd() throws Exception {
        Account account = bench.signIn();
        bench.expireAccessTokens();
        Recorder recorder = Recorder.of(bench.app);
        CountDownLatch ends = new CountDownLatch(2);
        bench.app.addEventCallback(event -> ends.countDown(), ACQUIRE_TOKEN_SUCCESS, ACQUIRE_TOKEN_FAILURE);
        try (var barrier = bench.idp.holdTokenEndpoint()) {
            var mine = bench.app.acquireTokenSilent(silent(account));
            var other = bench.app.acquireTokenSilent(silent(account));
            barrier.awaitWaiting(1, SOON);
            mine.cancel(true);
            barrier.release();
            Face.join(other);
        }
        // Nobody waits for the cancelled call any more: its end is told when its flight is over, on the executor.
        assertThat(ends.await(30, TimeUnit.SECONDS)).isTrue();
        assertEveryStartHasOneEnd(recorder, 2);
    }

    @Test
    void popupCancelled_isAFailureAndTheStatusIsFree() {
        bench.person(ScriptedPerson::walksAway);
        Recorder recorder = Recorder.of(bench.app);
        CompletableFuture<AuthenticationResult> popup = bench.app.acquireTokenPopup(PopupRequest.of("User.Read"));
        assertThat(bench.app.interactionStatus()).isEqualTo(InteractionStatus.ACQUIRE_TOKEN);

        popup.cancel(true);

        assertThat(bench.app.interactionStatus()).isEqualTo(InteractionStatus.NONE);
        assertEveryStartHasOneEnd(recorder, 1);
        assertThat(recorder.statuses()).endsWith(InteractionStatus.NONE);
        assertThat(recorder.events().stream()
                        .filter(event -> event.eventType() == ACQUIRE_TOKEN_FAILURE)
                        .map(event ->
                                ((EventPayload.Failed) event.payload()).error().errorCode()))
                .containsExactly(ErrorCodes.USER_CANCELLED);
    }

    @Test
    void refusedSecondPopup_tellsNothing_soThatTheStatusStays() {
        bench.person(ScriptedPerson::walksAway);
        Recorder recorder = Recorder.of(bench.app);
        var running = bench.app.acquireTokenPopup(PopupRequest.of("User.Read"));

        assertThatThrownBy(() -> Face.FUTURES.popup(bench.app, PopupRequest.of("Mail.Read")))
                .isInstanceOfSatisfying(AuthException.class, e -> assertThat(e.errorCode())
                        .isEqualTo(ErrorCodes.INTERACTION_IN_PROGRESS));

        assertThat(recorder.count(ACQUIRE_TOKEN_START)).isEqualTo(1);
        assertThat(recorder.count(ACQUIRE_TOKEN_FAILURE)).isZero();
        running.cancel(true);
    }

    /** Who begins the moment the turn is free must not be told before the one that ends. */
    @Test
    void nextInteraction_startedFromTheEndOfOne_isToldAfterIt() {
        bench.person(ScriptedPerson::walksAway);
        Recorder recorder = Recorder.of(bench.app);
        var first = bench.app.acquireTokenPopup(PopupRequest.of("User.Read"));
        var second = bench.app
                .whenInteractionStatusNone()
                .thenApply(none -> bench.app.acquireTokenPopup(PopupRequest.of("Mail.Read")));

        first.cancel(true);
        Face.join(second).cancel(true);

        List<EventType> turns =
                recorder.types().stream().filter(type -> type != POPUP_OPENED).toList();
        assertThat(turns)
                .containsExactly(
                        ACQUIRE_TOKEN_START, ACQUIRE_TOKEN_FAILURE, ACQUIRE_TOKEN_START, ACQUIRE_TOKEN_FAILURE);
    }

    @Test
    void callbackOfTheEnd_mayStartTheNextInteraction() {
        bench.person(ScriptedPerson::walksAway);
        CompletableFuture<CompletableFuture<AuthenticationResult>> next = new CompletableFuture<>();
        bench.app.addEventCallback(
                event -> next.complete(bench.app.acquireTokenPopup(PopupRequest.of("Mail.Read"))),
                ACQUIRE_TOKEN_FAILURE);

        bench.app.acquireTokenPopup(PopupRequest.of("User.Read")).cancel(true);

        assertThat(Face.join(next)).isNotDone();
        Face.join(next).cancel(true);
    }

    @Test
    void logout_tellsStartSuccessEnd() {
        Account account = bench.signIn();
        Recorder recorder = Recorder.of(bench.app);

        Face.join(bench.app.logoutPopup(LogoutRequest.of(account)));

        assertThat(recorder.types()).containsExactly(LOGOUT_START, ACTIVE_ACCOUNT_CHANGED, LOGOUT_SUCCESS, LOGOUT_END);
        assertThat(recorder.statuses())
                .containsExactly(InteractionStatus.NONE, InteractionStatus.LOGOUT, InteractionStatus.NONE);
    }

    @Test
    void filter_tellsOnlyWhatWasAskedFor() {
        Account account = bench.signIn();
        List<EventType> told = new ArrayList<>();
        bench.app.addEventCallback(event -> told.add(event.eventType()), ACQUIRE_TOKEN_SUCCESS, LOGOUT_START);

        Face.FUTURES.silent(bench.app, silent(account));

        assertThat(told).containsExactly(ACQUIRE_TOKEN_SUCCESS);
    }

    @Test
    void callbacks_runInTheOrderTheyWereAdded_untilRemoved() {
        Account account = bench.signIn();
        List<String> order = new ArrayList<>();
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            String name = "callback " + i;
            ids.add(bench.app.addEventCallback(event -> order.add(name), ACQUIRE_TOKEN_START));
        }
        bench.app.removeEventCallback(ids.get(3));
        bench.app.removeEventCallback("unknown");

        Face.FUTURES.silent(bench.app, silent(account));

        assertThat(order)
                .hasSize(19)
                .doesNotContain("callback 3")
                .isSortedAccordingTo(java.util.Comparator.comparing(name -> Integer.parseInt(name.substring(9))));
    }

    @ParameterizedTest
    @EnumSource(Face.class)
    void callbackThatThrows_breaksNeitherTheCallNorTheOthers(Face face) {
        Account account = bench.signIn();
        AtomicInteger thrown = new AtomicInteger();
        bench.app.addEventCallback(event -> {
            thrown.incrementAndGet();
            throw new IllegalStateException("a callback's own problem");
        });
        bench.app.addEventCallback(event -> {
            thrown.incrementAndGet();
            throw new AssertionError("worse");
        });
        Recorder recorder = Recorder.of(bench.app);

        assertThat(face.silent(bench.app, silent(account)).fromCache()).isTrue();
        assertThat(face.silent(bench.app, silent(account)).fromCache()).isTrue();

        assertThat(thrown).hasValue(8);
        assertThat(recorder.types()).hasSize(4);
    }

    @Test
    void manyThreads_callbackIsNeverInTwoPlacesAtOnce_andMissesNothing() {
        Account account = bench.signIn();
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        AtomicInteger total = new AtomicInteger();
        bench.app.addEventCallback(event -> {
            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
            total.incrementAndGet();
            inside.decrementAndGet();
        });
        List<CompletableFuture<Boolean>> threads = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            threads.add(Bench.elsewhere(() -> {
                for (int call = 0; call < 500; call++) {
                    bench.app.blocking().acquireTokenSilent(silent(account));
                }
                return true;
            }));
        }
        threads.forEach(Face::join);
        // A last call delivers what another thread may still have had in hand.
        bench.app.blocking().acquireTokenSilent(silent(account));

        assertThat(most).hasValue(1);
        assertThat(total).hasValue(2 * (8 * 500 + 1));
    }

    @Test
    void publisher_streamsTheSameEvents_andEndsWithTheApplication() throws Exception {
        Account account = bench.signIn();
        List<EventType> streamed = new java.util.concurrent.CopyOnWriteArrayList<>();
        CountDownLatch four = new CountDownLatch(4);
        CountDownLatch ended = new CountDownLatch(1);
        bench.app.events().subscribe(new Flow.Subscriber<>() {
            @Override
            public void onSubscribe(Flow.Subscription subscription) {
                subscription.request(Long.MAX_VALUE);
            }

            @Override
            public void onNext(EventMessage event) {
                streamed.add(event.eventType());
                four.countDown();
            }

            @Override
            public void onError(Throwable error) {}

            @Override
            public void onComplete() {
                ended.countDown();
            }
        });

        Face.FUTURES.silent(bench.app, silent(account));
        Face.FUTURES.silent(bench.app, silent(account));

        assertThat(four.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(streamed)
                .containsExactly(
                        ACQUIRE_TOKEN_START, ACQUIRE_TOKEN_SUCCESS, ACQUIRE_TOKEN_START, ACQUIRE_TOKEN_SUCCESS);
        bench.app.close();
        assertThat(ended.await(30, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void status_hasACurrentValueAndAFuture() {
        assertThat(bench.app.interactionStatus()).isEqualTo(InteractionStatus.NONE);
        assertThat(bench.app.whenInteractionStatusNone()).isCompleted();
        bench.person(ScriptedPerson::walksAway);

        var popup = bench.app.acquireTokenPopup(PopupRequest.of("User.Read"));
        var none = bench.app.whenInteractionStatusNone();
        assertThat(bench.app.interactionStatus()).isEqualTo(InteractionStatus.ACQUIRE_TOKEN);
        assertThat(none).isNotDone();

        popup.cancel(true);
        Face.join(none);
        assertThat(bench.app.interactionStatus()).isEqualTo(InteractionStatus.NONE);
    }

    private static void assertEveryStartHasOneEnd(Recorder recorder, int starts) {
        assertThat(recorder.count(ACQUIRE_TOKEN_START)).isEqualTo(starts);
        assertThat(recorder.count(ACQUIRE_TOKEN_SUCCESS) + recorder.count(ACQUIRE_TOKEN_FAILURE))
                .isEqualTo(starts);
    }

    private static SilentRequest silent(Account account) {
        return SilentRequest.builder("User.Read").account(account).build();
    }
}
