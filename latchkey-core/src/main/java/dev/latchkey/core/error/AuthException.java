package dev.latchkey.core.error;

import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * The root of all failures, unchecked. The subclass says who has to act: the person
 * ({@link InteractionRequiredAuthException}), the author of the program ({@link ClientConfigurationException}), the
 * operator of the authority ({@link ServerException}), the network ({@link NetworkException}), the store
 * ({@link CacheException}); {@link BrowserAuthException} is about the interaction itself and
 * {@link ClientAuthException} about answers that break the protocol.
 *
 * <p>Codes are stable and those of the field. The message says what happened, where and in which call, and what to do;
 * it never holds a token, code, verifier or password. A failed call leaves no state behind: calling again is always
 * allowed, and each subclass says whether it can help. One instance may be handed to several waiters of one call.
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

    /** The endpoint that was asked, without query. */
    public final Optional<URI> endpoint() {
        return Optional.ofNullable(details.endpoint());
    }

    /** The id of the call, as sent to the authority. */
    public final Optional<String> correlationId() {
        return Optional.ofNullable(details.correlationId());
    }

    /** The HTTP status of the answer, if there was one. */
    public final Optional<Integer> status() {
        return Optional.ofNullable(details.status());
    }

    /** How long to wait before asking again, if the server said so or the call was held back because of it. */
    public final Optional<Duration> retryAfter() {
        return Optional.ofNullable(details.retryAfter());
    }

    /** Everything known about the failure, to build another one from. */
    public final ErrorDetails details() {
        return details;
    }
}
