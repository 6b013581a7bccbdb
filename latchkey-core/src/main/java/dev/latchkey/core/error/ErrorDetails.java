package dev.latchkey.core.error;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What an {@link AuthException} knows. Built step by step: {@code ErrorDetails.of(code, message).at(endpoint)}.
 *
 * @param code the stable code, one of {@link ErrorCodes} or the server's own {@code error}
 * @param message what happened and what to do; never a secret
 * @param subError the server's {@code suberror}
 * @param claims the claims challenge to repeat in the next request
 * @param endpoint where it happened, without query
 * @param correlationId the id of the call
 * @param status the HTTP status
 * @param retryAfter how long the server wants to be left alone
 * @param cause what caused it
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
    /** Leaves the endpoint's query out. */
    public ErrorDetails {
        endpoint = withoutQuery(endpoint);
    }

    /** A code and a message. */
    public static ErrorDetails of(String code, String message) {
        return new ErrorDetails(code, message, null, null, null, null, null, null, null);
    }

    /** The same under another code. */
    public ErrorDetails code(String value) {
        return new ErrorDetails(value, message, subError, claims, endpoint, correlationId, status, retryAfter, cause);
    }

    /** Adds the server's {@code suberror}. */
    public ErrorDetails subError(@Nullable String value) {
        return new ErrorDetails(code, message, value, claims, endpoint, correlationId, status, retryAfter, cause);
    }

    /** Adds the claims challenge. */
    public ErrorDetails claims(@Nullable String value) {
        return new ErrorDetails(code, message, subError, value, endpoint, correlationId, status, retryAfter, cause);
    }

    /** Adds the place; its query is left out, for it may hold secrets. */
    public ErrorDetails at(@Nullable URI value) {
        return new ErrorDetails(code, message, subError, claims, value, correlationId, status, retryAfter, cause);
    }

    /** Adds the id of the call. */
    public ErrorDetails correlationId(@Nullable String value) {
        return new ErrorDetails(code, message, subError, claims, endpoint, value, status, retryAfter, cause);
    }

    /** Adds the HTTP status. */
    public ErrorDetails status(@Nullable Integer value) {
        return new ErrorDetails(code, message, subError, claims, endpoint, correlationId, value, retryAfter, cause);
    }

    /** Adds the time the server wants to be left alone. */
    public ErrorDetails retryAfter(@Nullable Duration value) {
        return new ErrorDetails(code, message, subError, claims, endpoint, correlationId, status, value, cause);
    }

    /** Adds the cause. */
    public ErrorDetails cause(@Nullable Throwable value) {
        return new ErrorDetails(code, message, subError, claims, endpoint, correlationId, status, retryAfter, value);
    }

    private static @Nullable URI withoutQuery(@Nullable URI uri) {
        if (uri == null || (uri.getRawQuery() == null && uri.getRawFragment() == null)) {
            return uri;
        }
        String text = uri.toString();
        return URI.create(text.split("[?#]", 2)[0]);
    }

    /** The text of the exception: code, message, and where and in which call, as far as known. */
    String describe() {
        StringBuilder text = new StringBuilder(code).append(": ").append(message);
        if (subError != null) {
            text.append(" [suberror ").append(subError).append(']');
        }
        if (endpoint != null) {
            text.append(" [endpoint ").append(endpoint).append(']');
        }
        if (correlationId != null) {
            text.append(" [correlation id ").append(correlationId).append(']');
        }
        return text.toString();
    }
}
