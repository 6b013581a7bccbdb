package dev.latchkey.internal.loopback;

import dev.latchkey.core.http.Parameters;
import dev.latchkey.interaction.LoopbackOptions;
import dev.latchkey.interaction.ResultPage;
import java.util.concurrent.CompletableFuture;

/**
 * The accepted response. The user's browser waits for {@link #finish}, so that its page shows the real outcome: redeem
 * and verify first, then finish. Thread-safe.
 */
public final class LoopbackAnswer {
    private final Parameters parameters;
    private final CompletableFuture<ResultPage> page = new CompletableFuture<>();
    private final CompletableFuture<Void> delivered = new CompletableFuture<>();

    LoopbackAnswer(Parameters parameters) {
        this.parameters = parameters;
    }

    /** All parameters of the response. Only its {@code state} has been checked. */
    public Parameters parameters() {
        return parameters;
    }

    /**
     * Shows the outcome to the user. Only the first call counts; without any, a neutral page is sent when the listener
     * is closed or after {@link LoopbackOptions.Builder#answerTimeout}.
     *
     * @return completes on a thread of the listener, never with an error, once the browser has the page or has not
     *     fetched it within 3 seconds. A program that ends after signing in must wait for it, or the user may see a
     *     connection error instead of the page.
     */
    public CompletableFuture<Void> finish(ResultPage result) {
        page.complete(result);
        return delivered.copy();
    }

    CompletableFuture<ResultPage> page() {
        return page;
    }

    /** Called by the connection that sent the page, or when nobody fetched it. */
    void delivered() {
        delivered.complete(null);
    }

    /** Runs the action on its own thread when the page has been sent; never on the thread that runs deadlines. */
    void whenDelivered(Runnable action) {
        var unused = delivered.thenRunAsync(action, LoopbackThreads::start);
    }

    /** Names only, since values may be secrets. */
    @Override
    public String toString() {
        return "LoopbackAnswer[" + parameters + "]";
    }
}
