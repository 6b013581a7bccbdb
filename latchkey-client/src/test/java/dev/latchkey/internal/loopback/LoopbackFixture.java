package dev.latchkey.internal.loopback;

import static java.util.concurrent.TimeUnit.SECONDS;

import dev.latchkey.core.authorize.ResponseMode;
import dev.latchkey.interaction.LoopbackOptions;
import dev.latchkey.interaction.ResultPage;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/** A listener that waits for a response with the state {@code s1}; the test controls its deadlines. */
final class LoopbackFixture implements AutoCloseable {
    static final String STATE = "s1";
    static final Duration REQUEST = Duration.ofSeconds(5);
    static final Duration ANSWER = Duration.ofSeconds(30);
    static final Duration DELIVERY = Duration.ofSeconds(3);

    final ManualDeadlines deadlines = new ManualDeadlines();
    final LoopbackListener listener;
    final URI uri;
    final CompletableFuture<LoopbackAnswer> future;

    LoopbackFixture(ResponseMode mode) {
        this(mode, LoopbackOptions.builder());
    }

    LoopbackFixture(ResponseMode mode, LoopbackOptions.Builder options) {
        var timing = new LoopbackTiming(REQUEST, ANSWER, DELIVERY, () -> deadlines);
        listener = LoopbackListener.open(options.build(), LoopbackSockets.ofThisMachine(), timing);
        uri = listener.redirectUri();
        future = listener.expect(STATE, mode);
    }

    LoopbackAnswer answer() throws InterruptedException, ExecutionException, TimeoutException {
        return future.get(20, SECONDS);
    }

    /** Proves that the wait continues: the response is still accepted and gets its page. */
    void completeByFormPost() throws Exception {
        try (Wire wire = Wire.to(uri)) {
            wire.sendPost("/", "application/x-www-form-urlencoded", "code=c1&state=" + STATE);
            answer().finish(ResultPage.success());
            if (wire.response().status() != 200) {
                throw new IOException("the answer was not taken");
            }
        }
    }

    @Override
    public void close() {
        listener.close();
    }
}
