package dev.latchkey.http;

import dev.latchkey.core.http.HttpAnswer;
import dev.latchkey.core.http.HttpMessage;
import dev.latchkey.core.http.HttpMethod;
import java.io.IOException;
import java.time.Duration;

/**
 * Retries once, after a short pause, where that is safe: any request that was certainly not sent, and a GET that failed
 * or returned 5xx. A form that may have arrived is not sent again: a code can be used only once, and so can a refresh
 * token if tokens rotate; sending it twice would end the session.
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

    /** Adds a retry to a transport. */
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
        } catch (ProxyException e) {
            // What a proxy decided, it decides again, and counts wrong passwords.
            if (e.status() != 0) {
                throw e;
            }
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
