package dev.latchkey.http;

import dev.latchkey.core.http.HttpAnswer;
import dev.latchkey.core.http.HttpMessage;
import java.io.IOException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Sends an HTTP request and waits for its response. All network access of Latchkey goes through a transport, so that
 * proxies, trust and tracing are configured once.
 *
 * <p>Thread-safe. Blocks the calling thread, which belongs to the application's {@code executor}. Does not follow
 * redirects, does not retry, keeps no cookies, and reads at most {@value #MAX_BODY_BYTES} bytes of a body.
 */
@FunctionalInterface
public interface HttpTransport {
    /** The longest body that is read, in bytes. */
    int MAX_BODY_BYTES = 1_048_576;

    /**
     * Sends a request.
     *
     * @param message the request
     * @param timeout how long to wait for the whole response; positive
     * @return the response, whatever its status
     * @throws ProxyException if a proxy did not let the request through: it did not reach the server
     * @throws NotSentException if the request was certainly not sent: sending it again is safe
     * @throws IOException if there is no response: the request may or may not have arrived
     * @throws InterruptedException if the thread was interrupted while waiting
     */
    HttpAnswer send(HttpMessage message, Duration timeout) throws IOException, InterruptedException;

    /** The request was certainly not sent: no connection was established. */
    final class NotSentException extends IOException {
        private static final long serialVersionUID = 1L;

        /** Creates an exception with its cause. */
        public NotSentException(Throwable cause) {
            super(cause.getMessage(), cause);
        }
    }

    /**
     * A proxy could not be reached, or did not let the request through: the request certainly did not reach the server.
     */
    final class ProxyException extends IOException {
        private static final long serialVersionUID = 1L;

        private final int status;

        /**
         * Creates an exception.
         *
         * @param message which proxy, what happened and what to do; never a password. Shown to the user
         * @param status the status with which the proxy answered; 0 if it did not
         * @param cause the cause, if there is one
         */
        public ProxyException(String message, int status, @Nullable Throwable cause) {
            super(message, cause);
            this.status = status;
        }

        /** The status with which the proxy answered; 0 if there was no answer. */
        public int status() {
            return status;
        }
    }

    /** The body was longer than {@link #MAX_BODY_BYTES}. */
    final class BodyTooLargeException extends IOException {
        private static final long serialVersionUID = 1L;

        /** Creates an exception that names the limit. */
        public BodyTooLargeException() {
            super("the answer is longer than " + MAX_BODY_BYTES + " bytes");
        }
    }
}
