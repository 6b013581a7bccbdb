package dev.latchkey.core.error;

import dev.latchkey.core.PrintableText;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The details of an {@link AuthException}. Built step by step: {@code ErrorDetails.of(code, message).at(endpoint)}.
 *
 * @param code the stable code, one of {@link ErrorCodes} or the server's own {@code error}
 * @param message what happened and what to do; never a secret
 * @param subError the server's {@code suberror}
 * @param claims the claims challenge to repeat in the next request
 * @param endpoint where it happened, without query
 * @param correlationId the correlation id of the call
 * @param status the HTTP status
 * @param retryAfter how long to wait before the next request, as stated by the server
 * @param cause the cause
 */
public record ErrorDetails(
        String code,
        String message,
        @Nullable String subError,
        @Nullable String claims,
        @Nullable URI endpoint,
        @Nullable String correlationId,
        @Nullable Integer status,
        @Nullable Duration retryAfter,
        @Nullable Throwable cause) {
    private static final int LONGEST_CODE = 100;
    private static final int LONGEST_ENDPOINT = 500;

    /**
     * Makes the texts printable and limits their length, because they are shown on terminals, in logs and on pages. The
     * claims go back to the server and stay unchanged. The endpoint's query is removed.
     */
    public ErrorDetails {
        code = PrintableText.of(code, LONGEST_CODE);
        message = PrintableText.of(message);
        subError = subError == null ? null : PrintableText.of(subError, LONGEST_CODE);
        correlationId = correlationId == null ? null : PrintableText.of(correlationId, LONGEST_CODE);
        endpoint = endpoint == null ? null : withoutQuery(endpoint);
    }

    /** Creates details with a code and a message. */
    public static ErrorDetails of(String code, String message) {
        return new ErrorDetails(code, message, null, null, null, null, null, null, null);
    }

    /** A copy with another code. */
    public ErrorDetails code(String value) {
        return new ErrorDetails(value, message, subError, claims, endpoint, correlationId, status, retryAfter, cause);
    }

    /** A copy with another message. */
    public ErrorDetails message(String value) {
        return new ErrorDetails(code, value, subError, claims, endpoint, correlationId, status, retryAfter, cause);
    }

    /** Adds the server's {@code suberror}. */
    public ErrorDetails subError(@Nullable String value) {
        return new ErrorDetails(code, message, value, claims, endpoint, correlationId, status, retryAfter, cause);
    }

    /** Adds the claims challenge. */
    public ErrorDetails claims(@Nullable String value) {
        return new ErrorDetails(code, message, subError, value, endpoint, correlationId, status, retryAfter, cause);
    }

    /** Adds the endpoint; its query is removed because it may contain secrets. */
    public ErrorDetails at(@Nullable URI value) {
        return new ErrorDetails(code, message, subError, claims, value, correlationId, status, retryAfter, cause);
    }

    /** Adds the correlation id of the call. */
    public ErrorDetails correlationId(@Nullable String value) {
        return new ErrorDetails(code, message, subError, claims, endpoint, value, status, retryAfter, cause);
    }

    /** Adds the HTTP status. */
    public ErrorDetails status(@Nullable Integer value) {
        return new ErrorDetails(code, message, subError, claims, endpoint, correlationId, value, retryAfter, cause);
    }

    /** Adds how long to wait before the next request. */
    public ErrorDetails retryAfter(@Nullable Duration value) {
        return new ErrorDetails(code, message, subError, claims, endpoint, correlationId, status, value, cause);
    }

    /** Adds the cause. */
    public ErrorDetails cause(@Nullable Throwable value) {
        return new ErrorDetails(code, message, subError, claims, endpoint, correlationId, status, retryAfter, value);
    }

    private static URI withoutQuery(URI uri) {
        String text = uri.toString();
        if (uri.getRawQuery() != null || uri.getRawFragment() != null) {
            text = text.substring(0, endOfPath(text));
        } else if (PrintableText.isPrintable(text)) {
            return uri;
        }
        return URI.create(PrintableText.of(text, Integer.MAX_VALUE));
    }

    private static int endOfPath(String address) {
        int end = 0;
        while (end < address.length() && address.charAt(end) != '?' && address.charAt(end) != '#') {
            end++;
        }
        return end;
    }

    /** Omits the claims, which are meant for the server and the caller only. */
    @Override
    public String toString() {
        return "ErrorDetails[" + describe() + "]";
    }

    /** The text of the exception: code, message, and where and in which call, as far as known. */
    String describe() {
        StringBuilder text = new StringBuilder(code).append(": ").append(message);
        if (subError != null) {
            text.append(" [suberror ").append(subError).append(']');
        }
        if (endpoint != null) {
            text.append(" [endpoint ")
                    .append(PrintableText.of(endpoint.toString(), LONGEST_ENDPOINT))
                    .append(']');
        }
        if (correlationId != null) {
            text.append(" [correlation id ").append(correlationId).append(']');
        }
        return text.toString();
    }
}
