package dev.latchkey.http;

import dev.latchkey.core.http.HttpAnswer;
import dev.latchkey.core.http.HttpMessage;
import java.io.IOException;
import java.time.Duration;

/**
 * Sends one message and waits for its answer. Everything Latchkey asks of a network goes through one of these, so that
 * proxies, trust and tracing are set up once.
 *
 * <p>Thread-safe. Blocks the calling thread, which is one of the application's {@code executor}. Does not follow
 * redirects, does not retry, keeps no cookies, and reads at most {@value #MAX_BODY_BYTES} bytes of a body.
 */
@FunctionalInterface
public interface HttpTransport {
    /** The longest body that is read, in bytes. */
    int MAX_BODY_BYTES = 1_048_576;

    /**
     * Sends a message.
     *
     * @param message what to send
     * @param timeout how long to wait for the whole answer; positive
     * @return the answer, whatever its status
     * @throws NotSentException if the message certainly never left: sending it again is safe
     * @throws IOException if there is no answer: the message may or may not have arrived
     * @throws InterruptedException if the thread was interrupted while waiting
     */
    HttpAnswer send(HttpMessage message, Duration timeout) throws IOException, InterruptedException;

    /** The message certainly never left: no connection came about. */
    final class NotSentException extends IOException {
        private static final long serialVersionUID = 1L;

        /** A failure with what caused it. */
        public NotSentException(Throwable cause) {
            super(cause.getMessage(), cause);
        }
    }

    /** The body was longer than {@link #MAX_BODY_BYTES}. */
    final class BodyTooLargeException extends IOException {
        private static final long serialVersionUID = 1L;

        /** A failure that names the bound. */
        public BodyTooLargeException() {
            super("the answer is longer than " + MAX_BODY_BYTES + " bytes");
        }
    }
}
