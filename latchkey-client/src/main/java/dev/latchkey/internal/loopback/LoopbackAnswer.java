package dev.latchkey.internal.loopback;

import dev.latchkey.core.http.Parameters;
import dev.latchkey.interaction.LoopbackOptions;
import dev.latchkey.interaction.ResultPage;
import java.util.concurrent.CompletableFuture;

/**
 * The one answer that counted. The person's browser waits for {@link #finish}, so that the page it shows tells the truth:
 * redeem and verify first, then finish. Thread-safe.
 */
public final class LoopbackAnswer {
    private final Parameters parameters;
    private final CompletableFuture<ResultPage> page = new CompletableFuture<>();
    private final CompletableFuture<Void> delivered = new CompletableFuture<>();

    LoopbackAnswer(Parameters parameters) {
        this.parameters = parameters;
    }

    /** All parameters of the answer. Its {@code state} has been checked; nothing else has. */
    public Parameters parameters() {
        return parameters;
    }

    /**
     * Shows the person how it ended. Only the first call counts; without any, a neutral page goes out when the listener is
     * closed or after {@link LoopbackOptions.Builder#answerTimeout}.
     *
     * @return completes on a thread of the listener, never with an error, once the browser has the page or has not
     *     fetched it within 3 seconds. A program that ends after signing in waits for it, or the person may see a
     *     connection error instead of the page.
     */
    public CompletableFuture<Void> finish(ResultPage result) {
        page.complete(result);
        return delivered.copy();
    }

    CompletableFuture<ResultPage> page() {
        return page;
    }

    /** Said by the connection that wrote the page, or when nobody came for it. */
    void delivered() {
        delivered.complete(null);
    }

    /** Runs the action on a thread of its own when the page is out; never on the thread that keeps the time. */
    void whenDelivered(Runnable action) {
        var unused = delivered.thenRunAsync(action, LoopbackThreads::start);
    }

    /** Names only: values may be secrets. */
    @Override
    public String toString() {
        return "LoopbackAnswer[" + parameters + "]";
    }
}
