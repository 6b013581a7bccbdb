package dev.latchkey.http;

import dev.latchkey.core.http.HttpAnswer;
import dev.latchkey.core.http.HttpMessage;
import dev.latchkey.core.http.HttpMethod;
import java.io.IOException;
import java.time.Duration;

/**
 * Tries once more, after a short pause, where that cannot do harm: any message that certainly never left, and a GET
 * that failed or was answered 5xx. A form that may have arrived is not sent again: a code is good once, and so is a
 * refresh token where tokens rotate; sending it twice would end the session it was meant to continue.
 */
public final class RetryingTransport implements HttpTransport {
    private final HttpTransport next;
    private final Pause pause;

    /** Waits before the second try. */
    @FunctionalInterface
    public interface Pause {
        /** Waits. */
        void beforeRetry() throws InterruptedException;
    }

    /** Wraps a transport. */
    public RetryingTransport(HttpTransport next, Pause pause) {
        this.next = next;
        this.pause = pause;
    }

    @Override
    public HttpAnswer send(HttpMessage message, Duration timeout) throws IOException, InterruptedException {
        try {
            HttpAnswer answer = next.send(message, timeout);
            if (answer.status() < 500 || message.method() != HttpMethod.GET || answer.header("Retry-After") != null) {
                return answer;
            }
        } catch (NotSentException e) {
            // Safe for every message.
        } catch (BodyTooLargeException e) {
            throw e;
        } catch (IOException e) {
            if (message.method() != HttpMethod.GET) {
                throw e;
            }
        }
        pause.beforeRetry();
        return next.send(message, timeout);
    }
}
