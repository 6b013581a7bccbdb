package dev.latchkey.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.core.error.ErrorCodes;
import dev.latchkey.core.error.NetworkException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Waiting on the container's thread, and running all actions despite failures. */
final class AwaitTest {
    @Test
    void future_isAwaitedAndFailsAsItIs() {
        NetworkException failure = new NetworkException("code", "text");

        assertThat(Await.result(CompletableFuture.completedFuture("x"))).isEqualTo("x");
        assertThatThrownBy(() -> Await.result(CompletableFuture.failedFuture(failure)))
                .isSameAs(failure);
        assertThatThrownBy(() -> Await.result(CompletableFuture.failedFuture(new Exception("checked"))))
                .isInstanceOf(CancellationException.class)
                .hasMessageContaining("checked");
    }

    @Test
    void future_interrupted_isCancelledAndTheThreadStaysInterrupted() {
        CompletableFuture<String> never = new CompletableFuture<>();
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(() -> Await.result(never))
                    .isInstanceOfSatisfying(NetworkException.class, e -> assertThat(e.errorCode())
                            .isEqualTo(ErrorCodes.INTERRUPTED));
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(never).isCancelled();
    }

    @Test
    void list_isGoneThroughToItsEndThoughSomethingFails() {
        List<String> done = new ArrayList<>();

        assertThatThrownBy(() -> ForEachSuppressing.run(List.of("a", "b", "c"), it -> {
                    done.add(it);
                    if (!it.equals("b")) {
                        throw new IllegalStateException(it);
                    }
                }))
                .hasMessage("a")
                .hasSuppressedException(new IllegalStateException("c"));
        assertThat(done).containsExactly("a", "b", "c");
        ForEachSuppressing.run(List.of("a"), done::add);
        assertThat(done).hasSize(4);
    }
}
