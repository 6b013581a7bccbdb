package dev.latchkey.core.error;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * The root of all failures; unchecked. The subclass says who or what is responsible: the user ({@link
 * InteractionRequiredAuthException}), the author of the program ({@link ClientConfigurationException}), the operator of
 * the authority ({@link ServerException}), the network ({@link NetworkException}) or the store ({@link
 * CacheException}); {@link BrowserAuthException} concerns the interaction itself, and {@link ClientAuthException}
 * responses that violate the protocol.
 *
 * <p>Codes are stable and follow MSAL. The message says what happened, where and in which call, and what to do; it
 * never contains a token, code, verifier or password. A failed call leaves no state behind: a retry is always allowed,
 * and each subclass says whether it can help. One instance may be shared by several callers that wait for the same
 * call.
 */
public abstract sealed class AuthException extends RuntimeException
        permits BrowserAuthException,
                CacheException,
                ClientAuthException,
                ClientConfigurationException,
                InteractionRequiredAuthException,
                NetworkException,
                ServerException {
    private static final long serialVersionUID = 1L;

    private final transient ErrorDetails details;

    AuthException(ErrorDetails details) {
        super(details.describe(), details.cause());
        this.details = details;
    }

    /** The stable code, for example {@code interaction_in_progress} or the server's {@code invalid_grant}. */
    public final String errorCode() {
        return details.code();
    }

    /** The server's {@code suberror}, if it gave one. */
    public final Optional<String> subError() {
        return Optional.ofNullable(details.subError());
    }

    /** The claims challenge to repeat in the next request, if the server gave one. */
    public final Optional<String> claims() {
        return Optional.ofNullable(details.claims());
    }

    /** The endpoint that was called, without query. */
    public final Optional<URI> endpoint() {
        return Optional.ofNullable(details.endpoint());
    }

    /** The correlation id of the call, as sent to the authority. */
    public final Optional<String> correlationId() {
        return Optional.ofNullable(details.correlationId());
    }

    /** The HTTP status of the response, if there was one. */
    public final Optional<Integer> status() {
        return Optional.ofNullable(details.status());
    }

    /** How long to wait before a retry, if the server said so or the call was throttled for that reason. */
    public final Optional<Duration> retryAfter() {
        return Optional.ofNullable(details.retryAfter());
    }

    /** All details of the failure, for creating another exception from them. */
    public final ErrorDetails details() {
        return details;
    }
}
