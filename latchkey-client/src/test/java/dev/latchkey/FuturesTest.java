package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.core.error.ErrorCodes;
import dev.latchkey.core.error.NetworkException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class FuturesTest {
    private static final NetworkException FAILURE = new NetworkException(ErrorCodes.NETWORK_ERROR, "no answer");

    @Test
    void await_resultOrFailure_givesItUnwrapped() {
        assertThat(Futures.await(CompletableFuture.completedFuture("token"))).isEqualTo("token");
        CompletableFuture<String> failing =
                CompletableFuture.<String>failedFuture(FAILURE).thenApply(token -> token + "s");

        assertThatThrownBy(() -> Futures.await(failing)).isSameAs(FAILURE);
        assertThatThrownBy(() -> Futures.await(failing, Duration.ofDays(1), IllegalStateException::new))
                .isSameAs(FAILURE);
    }

    @Test
    void await_errorOrCheckedOrCancelled_isThrownAsWhatItIs() {
        AssertionError error = new AssertionError("broken");
        IOException checked = new IOException("closed");
        CompletableFuture<String> cancelled = new CompletableFuture<>();
        cancelled.cancel(true);

        assertThatThrownBy(() -> Futures.await(CompletableFuture.failedFuture(error)))
                .isSameAs(error);
        assertThatThrownBy(() -> Futures.await(CompletableFuture.failedFuture(checked)))
                .isInstanceOf(IllegalStateException.class)
                .hasCause(checked);
        assertThatThrownBy(() -> Futures.await(cancelled)).isInstanceOf(CancellationException.class);
    }

    @Test
    void await_timeIsOver_throwsWhatTheCallerSaysAndLeavesTheFutureAlone() {
        CompletableFuture<String> never = new CompletableFuture<>();
        IllegalStateException late = new IllegalStateException("late");

        assertThatThrownBy(() -> Futures.await(never, Duration.ZERO, () -> late))
                .isSameAs(late);
        assertThat(never).isNotDone();
    }

    @Test
    void await_threadInterrupted_cancelsTheFutureAndStaysInterrupted() throws Exception {
        CompletableFuture<String> never = new CompletableFuture<>();
        CompletableFuture<String> neverEither = new CompletableFuture<>();
        var alone = Executors.newSingleThreadExecutor();
        try {
            alone.submit(() -> {
                        Thread.currentThread().interrupt();
                        assertInterrupted(() -> Futures.await(never));
                        assertInterrupted(
                                () -> Futures.await(neverEither, Duration.ofDays(1), IllegalStateException::new));
                        return Thread.interrupted();
                    })
                    .get();
        } finally {
            alone.shutdownNow();
        }
        assertThat(never).isCancelled();
        assertThat(neverEither).isCancelled();
    }

    private static void assertInterrupted(Runnable wait) {
        assertThatThrownBy(wait::run).isInstanceOfSatisfying(NetworkException.class, e -> assertThat(e.errorCode())
                .isEqualTo(ErrorCodes.INTERRUPTED));
        assertThat(Thread.currentThread().isInterrupted()).isTrue();
    }

    @Test
    void failure_wrappedManyTimes_isTheInnermost() {
        Throwable wrapped = new CompletionException(new ExecutionException(new CompletionException(FAILURE)));

        assertThat(Futures.failure(wrapped)).isSameAs(FAILURE);
        assertThat(Futures.failure(FAILURE)).isSameAs(FAILURE);
        CompletionException empty = new CompletionException("nothing inside", null);
        assertThat(Futures.failure(empty)).isSameAs(empty);
        assertThat(Futures.unchecked(empty)).isSameAs(empty);
    }
}
