package dev.latchkey.internal.environment;

import dev.latchkey.core.PrintableFailure;
import dev.latchkey.core.error.ClientAuthException;
import dev.latchkey.core.error.ErrorCodes;
import dev.latchkey.core.error.ErrorDetails;
import dev.latchkey.core.error.NetworkException;
import dev.latchkey.core.http.HttpAnswer;
import dev.latchkey.core.http.HttpMessage;
import dev.latchkey.core.http.HttpMethod;
import dev.latchkey.http.HttpTransport;
import java.io.IOException;
import java.net.http.HttpTimeoutException;
import java.time.Duration;

/** Sends messages, and turns network failures into this library's exceptions. */
public final class Network {
    private final HttpTransport transport;
    private final Duration timeout;

    public Network(HttpTransport transport, Duration timeout) {
        this.transport = transport;
        this.timeout = timeout;
    }

    /** Sends a message and waits; every failure contains endpoint and correlation id. */
    public HttpAnswer send(HttpMessage message, String correlationId) {
        try {
            return transport.send(message, timeout);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NetworkException(details(
                    ErrorCodes.INTERRUPTED, "the thread was interrupted while waiting", message, correlationId, e));
        } catch (HttpTransport.BodyTooLargeException e) {
            String text = e.getMessage() + "; is this the authority's address?";
            throw new ClientAuthException(details(ErrorCodes.RESPONSE_TOO_LARGE, text, message, correlationId, e));
        } catch (IOException e) {
            throw new NetworkException(details(codeOf(e, message), textOf(e), message, correlationId, e));
        } catch (RuntimeException e) {
            String text = "the HTTP transport failed with " + e.getClass().getName() + "; see the cause";
            throw new NetworkException(details(ErrorCodes.NETWORK_ERROR, text, message, correlationId, e));
        }
    }

    private static String codeOf(IOException e, HttpMessage message) {
        if (e instanceof HttpTransport.NotSentException) {
            return ErrorCodes.NO_NETWORK_CONNECTIVITY;
        }
        if (e instanceof HttpTimeoutException) {
            return ErrorCodes.REQUEST_TIMED_OUT;
        }
        return message.method() == HttpMethod.GET ? ErrorCodes.GET_REQUEST_FAILED : ErrorCodes.POST_REQUEST_FAILED;
    }

    private String textOf(IOException e) {
        if (e instanceof HttpTransport.NotSentException) {
            return "no connection could be established; check the authority's address, the network, and any proxy";
        }
        return e instanceof HttpTimeoutException
                ? "no answer within " + timeout.toSeconds() + " s; a retry may succeed"
                : "the connection broke before the response was complete; a retry may succeed";
    }

    private static ErrorDetails details(
            String code, String text, HttpMessage message, String correlationId, Exception cause) {
        return ErrorDetails.of(code, text)
                .at(message.uri())
                .correlationId(correlationId)
                .cause(PrintableFailure.of(cause));
    }
}
