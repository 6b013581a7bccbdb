package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.authority.Endpoint;
import dev.latchkey.authority.Fault;
import dev.latchkey.authority.person.ScriptedPerson;
import dev.latchkey.core.error.AuthException;
import dev.latchkey.core.error.BrowserAuthException;
import dev.latchkey.core.error.ErrorCodes;
import dev.latchkey.interaction.UserAgent;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** One interaction at a time, and the turn comes back whatever happens. */
@Timeout(60)
class InteractionGuardTest {
    private static final PopupRequest POPUP = PopupRequest.of("User.Read");

    private final AtomicReference<URI> shown = new AtomicReference<>();
    private final Bench bench = Bench.start();

    @AfterEach
    void stop() {
        bench.close();
    }

    @ParameterizedTest
    @EnumSource(Face.class)
    void second_whileOneRuns_isRefusedAtOnce(Face face) {
        bench.person(ScriptedPerson::walksAway);
        var first = bench.app.acquireTokenPopup(POPUP);

        assertThatThrownBy(() -> face.popup(bench.app, POPUP)).isInstanceOfSatisfying(BrowserAuthException.class, e -> {
            assertThat(e.errorCode()).isEqualTo(ErrorCodes.INTERACTION_IN_PROGRESS);
            assertThat(e.correlationId()).isPresent();
        });
        assertThat(first).isNotDone();
        first.cancel(true);
    }

    @Test
    void everyKindOfInteraction_sharesTheOneTurn() {
        var account = bench.signIn();
        bench.person(ScriptedPerson::walksAway);
        var first = bench.app.acquireTokenPopup(POPUP);

        assertThatThrownBy(() -> Face.FUTURES.deviceCode(
                        bench.app, DeviceCodeRequest.of(dev.latchkey.core.Scopes.of("User.Read"), code -> {})))
                .satisfies(code(ErrorCodes.INTERACTION_IN_PROGRESS));
        assertThatThrownBy(() -> Face.join(bench.app.logoutPopup(LogoutRequest.of(account))))
                .satisfies(code(ErrorCodes.INTERACTION_IN_PROGRESS));
        assertThat(bench.app.blocking().accounts())
                .as("signed out though refused")
                .hasSize(1);
        first.cancel(true);
    }

    @Test
    void override_cancelsTheRunningOne_andTheNewOneWins() {
        bench.person(ScriptedPerson::walksAway);
        var first = bench.app.acquireTokenPopup(POPUP);
        bench.person(Bench.ALICE);

        AuthenticationResult result = Face.join(bench.app.acquireTokenPopup(PopupRequest.builder("User.Read")
                .overrideInteractionInProgress(true)
                .build()));

        assertThat(result.fromCache()).isFalse();
        assertThatThrownBy(() -> Face.join(first)).satisfies(code(ErrorCodes.INTERACTION_IN_PROGRESS_CANCELLED));
        assertFree();
    }

    @Test
    void deadline_personWalksAway_endsTheInteraction() {
        var app = bench.application(it -> it.userAgent(shown::set));
        var popup = app.acquireTokenPopup(PopupRequest.builder("User.Read")
                .timeout(Duration.ofSeconds(90))
                .build());
        await(() -> shown.get() != null);

        bench.scheduler.pass(Duration.ofSeconds(90));

        assertThatThrownBy(() -> Face.join(popup)).isInstanceOfSatisfying(BrowserAuthException.class, e -> {
            assertThat(e.errorCode()).isEqualTo(ErrorCodes.TIMED_OUT);
            assertThat(e.correlationId()).isPresent();
        });
        assertThat(app.interactionStatus()).isEqualTo(InteractionStatus.NONE);
        assertPortIsFree(shown.get());
        assertThat(bench.scheduler.pending()).isZero();
    }

    @Test
    void turnPastItsDeadline_isTakenOver() {
        PublicClientApplication app =
                bench.application(it -> it.userAgent(page -> {}).scheduler((task, delay) -> () -> {}));
        var forgotten = app.acquireTokenPopup(POPUP);
        bench.clock.advance(Duration.ofMinutes(6));

        var next = app.acquireTokenPopup(POPUP);

        assertThatThrownBy(() -> Face.join(forgotten)).satisfies(code(ErrorCodes.INTERACTION_IN_PROGRESS_CANCELLED));
        assertThat(next).isNotDone();
        next.cancel(true);
    }

    @Test
    void cancel_closesThePortAndFreesTheTurnAtOnce() {
        var app = bench.application(it -> it.userAgent(shown::set));
        var popup = app.acquireTokenPopup(POPUP);
        await(() -> shown.get() != null);

        popup.cancel(true);

        assertThat(popup).isCancelled();
        assertThat(app.interactionStatus()).isEqualTo(InteractionStatus.NONE);
        assertPortIsFree(shown.get());
    }

    @Test
    void personRefuses_isTheAuthoritysErrorAndTheTurnIsFree() {
        bench.person(ScriptedPerson::refuses);
        assertThatThrownBy(() -> Face.FUTURES.popup(bench.app, POPUP)).satisfies(code("access_denied"));
        assertFree();
        bench.person(Bench.ALICE);
        assertThat(Face.FUTURES.popup(bench.app, POPUP).fromCache()).isFalse();
    }

    @Test
    void browserCannotBeOpened_isItsErrorAndTheTurnIsFree() {
        var app = bench.application(it -> it.userAgent(page -> {
            shown.set(page);
            throw new BrowserAuthException(ErrorCodes.NO_BROWSER, "none here");
        }));
        assertThatThrownBy(() -> Face.FUTURES.popup(app, POPUP)).satisfies(code(ErrorCodes.NO_BROWSER));
        assertThat(app.interactionStatus()).isEqualTo(InteractionStatus.NONE);
        assertPortIsFree(shown.get());
    }

    @Test
    void userAgentThrowsSomethingOfItsOwn_isAFailureOfTheCall() {
        var app = bench.application(it -> it.userAgent(page -> {
            throw new IllegalStateException("no display");
        }));
        assertThatThrownBy(() -> Face.FUTURES.popup(app, POPUP)).satisfies(code(ErrorCodes.UNEXPECTED_ERROR));
        assertThat(app.interactionStatus()).isEqualTo(InteractionStatus.NONE);
    }

    @Test
    void executorRefuses_theTurnIsFree() {
        var app = bench.application(it -> it.executor(task -> {
            throw new RejectedExecutionException("shut down");
        }));
        assertThatThrownBy(() -> Face.FUTURES.popup(app, POPUP)).satisfies(code(ErrorCodes.UNEXPECTED_ERROR));
        assertThat(app.interactionStatus()).isEqualTo(InteractionStatus.NONE);
        assertThat(app.whenInteractionStatusNone()).isCompleted();
    }

    @Test
    void schedulerRefuses_theTurnIsFree() {
        var app = bench.application(it -> it.scheduler((task, delay) -> {
            throw new RejectedExecutionException("shut down");
        }));
        assertThatThrownBy(() -> Face.FUTURES.popup(app, POPUP)).satisfies(code(ErrorCodes.UNEXPECTED_ERROR));
        assertThat(app.interactionStatus()).isEqualTo(InteractionStatus.NONE);
    }

    @Test
    void authorityDown_theTurnIsFree() {
        bench.idp.faults().on(Endpoint.METADATA).answer(Fault.reset());
        assertThatThrownBy(() -> Face.FUTURES.popup(bench.app, POPUP)).isInstanceOf(AuthException.class);
        assertFree();
    }

    @Test
    void directExecutorAndABrowserThatBlocks_works() {
        ScriptedPerson alice = bench.idp.person(Bench.ALICE);
        UserAgent blocking = alice::visit;
        var app = bench.application(it -> it.executor(Runnable::run).userAgent(blocking));
        Recorder recorder = Recorder.of(app);

        assertThat(Face.FUTURES.popup(app, POPUP).fromCache()).isFalse();

        assertThat(recorder.types().get(1)).isEqualTo(EventType.POPUP_OPENED);
        assertThat(recorder.types()).endsWith(EventType.ACQUIRE_TOKEN_SUCCESS);
    }

    @Test
    void whenNone_waiterThatBlocks_doesNotKeepUpTheOneThatEnds() throws Exception {
        bench.person(ScriptedPerson::walksAway);
        var popup = bench.app.acquireTokenPopup(POPUP);
        var never = new java.util.concurrent.CountDownLatch(1);
        CompletableFuture<Void> waiter = bench.app.whenInteractionStatusNone().thenAccept(none -> {
            try {
                never.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });

        popup.cancel(true);

        assertFree();
        assertThat(waiter).isNotDone();
        never.countDown();
        Face.join(waiter);
    }

    private void assertFree() {
        assertThat(bench.app.interactionStatus()).isEqualTo(InteractionStatus.NONE);
        Face.join(bench.app.whenInteractionStatusNone());
    }

    /** The port that the page's redirect URI names can be bound again. */
    static void assertPortIsFree(URI page) {
        String query = java.net.URLDecoder.decode(page.getRawQuery(), java.nio.charset.StandardCharsets.UTF_8);
        int port = Integer.parseInt(query.replaceAll("(?s).*redirect_uri=http://[^:]+:(\\d+).*", "$1"));
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new java.net.InetSocketAddress("127.0.0.1", port));
        } catch (java.io.IOException e) {
            throw new AssertionError("the loopback port is still taken: " + port, e);
        }
    }

    private static void await(java.util.function.BooleanSupplier condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    private static java.util.function.Consumer<Throwable> code(String expected) {
        return e -> assertThat(((AuthException) e).errorCode()).isEqualTo(expected);
    }
}
