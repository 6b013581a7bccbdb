package dev.latchkey.internal.loopback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.core.authorize.ResponseMode;
import dev.latchkey.core.error.BrowserAuthException;
import dev.latchkey.core.error.ErrorCodes;
import dev.latchkey.interaction.LoopbackOptions;
import dev.latchkey.interaction.ResultPage;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The effect of closing and cancelling on the port, the wait, and a browser that still waits for its page. */
@Timeout(60)
final class LoopbackClosingTest {
    @Test
    void close_whileWaiting_freesThePortAtOnceAndFailsTheWait() throws Exception {
        var fixture = new LoopbackFixture(ResponseMode.FORM_POST);

        fixture.close();

        assertPortIsFree(fixture.uri);
        assertThatThrownBy(fixture::answer)
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOfSatisfying(BrowserAuthException.class, e -> assertThat(e.errorCode())
                        .isEqualTo(ErrorCodes.USER_CANCELLED));
    }

    @Test
    void close_withConnectionsThatSentNothing_closesThemAtOnce() throws Exception {
        var fixture = new LoopbackFixture(ResponseMode.FORM_POST);
        try (Wire silent = Wire.to(fixture.uri);
                Wire half = Wire.to(fixture.uri).send("GET / HT")) {
            fixture.deadlines.awaitPending(LoopbackFixture.REQUEST, 2);

            fixture.close();

            assertThat(silent.everything()).isEmpty();
            assertThat(half.everything()).isEmpty();
        }
    }

    @Test
    void close_twice_isHarmless() {
        var fixture = new LoopbackFixture(ResponseMode.FORM_POST);
        fixture.close();
        fixture.close();
        assertThat(fixture.future).isCompletedExceptionally();
    }

    @Test
    void cancel_ofTheFuture_freesThePortAtOnce() throws Exception {
        var fixture = new LoopbackFixture(ResponseMode.QUERY);

        fixture.future.cancel(true);

        assertPortIsFree(fixture.uri);
    }

    @Test
    void close_afterAFormPostWithoutFinish_freesThePortAndStillShowsTheNeutralPage() throws Exception {
        var fixture = new LoopbackFixture(ResponseMode.FORM_POST);
        try (Wire wire = Wire.to(fixture.uri)) {
            wire.sendPost("/", "application/x-www-form-urlencoded", "code=c1&state=s1");
            fixture.answer();

            fixture.close();

            assertPortIsFree(fixture.uri);
            assertThat(wire.response().body()).contains("Please look at the application");
        }
    }

    @Test
    void close_rightAfterFinish_theBrowserStillGetsThePage() throws Exception {
        var fixture = new LoopbackFixture(ResponseMode.FORM_POST);
        try (Wire wire = Wire.to(fixture.uri)) {
            wire.sendPost("/", "application/x-www-form-urlencoded", "code=c1&state=s1");
            fixture.answer().finish(ResultPage.success());
            fixture.close();

            assertThat(wire.response().body()).contains("You are signed in");
        }
    }

    @Test
    void close_rightAfterFinishOfAQueryAnswer_theBrowserStillFindsThePageAndThenThePortIsFree() throws Exception {
        var fixture = new LoopbackFixture(ResponseMode.QUERY);
        Wire.get(fixture.uri, "/?code=c1&state=s1");
        var delivered = fixture.answer().finish(ResultPage.success());

        fixture.close();

        assertThat(Wire.get(fixture.uri, "/done").body()).contains("You are signed in");
        assertThat(delivered).succeedsWithin(Duration.ofSeconds(20));
        awaitPortIsFree(fixture.uri);
    }

    @Test
    void close_ofAQueryAnswerNobodyFetches_freesThePortAfterTheDeliveryTimeout() throws Exception {
        var fixture = new LoopbackFixture(ResponseMode.QUERY);
        Wire.get(fixture.uri, "/?code=c1&state=s1");
        fixture.answer();
        fixture.close();

        fixture.deadlines.expire(LoopbackFixture.DELIVERY);

        awaitPortIsFree(fixture.uri);
    }

    @Test
    void expect_afterClose_failsAtOnce() {
        LoopbackListener listener = LoopbackListener.open(LoopbackOptions.defaults());
        listener.close();

        assertThat(listener.expect("s1", ResponseMode.QUERY)).isCompletedExceptionally();
    }

    @Test
    void port_ofAClosedListener_canBePreferredAgain() {
        LoopbackListener first = LoopbackListener.open(LoopbackOptions.defaults());
        int port = first.redirectUri().getPort();
        first.close();

        try (LoopbackListener second = LoopbackListener.open(
                LoopbackOptions.builder().preferredPort(port).build())) {
            assertThat(second.redirectUri().getPort()).isEqualTo(port);
        }
    }

    private static void assertPortIsFree(URI uri) throws IOException {
        assertThatThrownBy(() -> Wire.to(uri)).isInstanceOf(ConnectException.class);
        new ServerSocket(uri.getPort(), 1, InetAddress.getByName("127.0.0.1")).close();
    }

    /** Waits until a thread of the listener has freed the port; then connections are refused. */
    private static void awaitPortIsFree(URI uri) throws IOException {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!isFree(uri)) {
            // Connecting ignores the interrupt by which the test's timeout tries to end it.
            if (Thread.interrupted() || System.nanoTime() > deadline) {
                throw new AssertionError("the port was not freed: " + uri);
            }
        }
    }

    private static boolean isFree(URI uri) throws IOException {
        try (Wire wire = Wire.to(uri)) {
            wire.endOutput();
            return false;
        } catch (ConnectException free) {
            return true;
        } catch (SocketException closing) {
            // Accepted by the kernel and reset by the closing listener: try again.
            return false;
        }
    }
}
