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
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.time.Duration;

/** Sends messages, and turns network failures into this library's exceptions. */
public final class Network {
    private static final int PROXY_AUTHENTICATION_REQUIRED = 407;
    private static final int MAX_CAUSES = 10;

    private final HttpTransport transport;
    private final Duration timeout;

    public Network(HttpTransport transport, Duration timeout) {
        this.transport = transport;
        this.timeout = timeout;
    }

    /** Sends a message and waits; every failure contains endpoint and correlation id. */
    public HttpAnswer send(HttpMessage message, String correlationId) {
        HttpAnswer answer = exchange(message, correlationId);
        if (answer.status() == PROXY_AUTHENTICATION_REQUIRED) {
            throw new NetworkException(ErrorDetails.of(
                            ErrorCodes.PROXY_ERROR,
                            "a proxy requires authentication (407): give the HTTP client of the transport a user name and"
                                    + " a password for it; nothing was sent to the authority")
                    .at(message.uri())
                    .correlationId(correlationId));
        }
        return answer;
    }

    private HttpAnswer exchange(HttpMessage message, String correlationId) {
        try {
            return transport.send(message, timeout);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new NetworkException(details(
                    ErrorCodes.INTERRUPTED, "the thread was interrupted while waiting", message, correlationId, e));
        } catch (HttpTransport.ProxyException e) {
            String text = e.getMessage() + "; nothing was sent to the authority";
            throw new NetworkException(details(ErrorCodes.PROXY_ERROR, text, message, correlationId, e));
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
        if (isUntrusted(e)) {
            return ErrorCodes.SERVER_CERTIFICATE_UNTRUSTED;
        }
        return message.method() == HttpMethod.GET ? ErrorCodes.GET_REQUEST_FAILED : ErrorCodes.POST_REQUEST_FAILED;
    }

    private String textOf(IOException e) {
        if (e instanceof HttpTransport.NotSentException) {
            return "no connection to the authority could be established; check its address and the network, and whether a"
                    + " proxy is needed (see ProxySettings)";
        }
        if (e instanceof HttpTimeoutException) {
            return "no answer within " + timeout.toSeconds() + " s; a retry may succeed";
        }
        if (isUntrusted(e)) {
            return "the certificate of the server is not trusted, or is for another host: if its CA is your company's, add"
                    + " that to the trust of the transport (JdkHttpTransport.trusting; --ca-certificate of the command)";
        }
        return "the connection broke before the response was complete; a retry may succeed";
    }

    /** What the platform's trust manager refuses is somewhere among the causes. */
    private static boolean isUntrusted(IOException e) {
        Throwable cause = e;
        for (int depth = 0; cause != null && depth < MAX_CAUSES; depth++) {
            if (cause instanceof CertificateException || cause instanceof CertPathValidatorException) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }

    private static ErrorDetails details(
            String code, String text, HttpMessage message, String correlationId, Exception cause) {
        return ErrorDetails.of(code, text)
                .at(message.uri())
                .correlationId(correlationId)
                .cause(PrintableFailure.of(cause));
    }
}
