package dev.latchkey.core.error;

/**
 * The authority answered with an OAuth 2.0 error (RFC 6749 section 5.2) that asking the person does not cure, or with a
 * status of 429 or 5xx. Calling again helps only where {@link #retryAfter()} is given, and not before.
 */
public final class ServerException extends AuthException {
    private static final long serialVersionUID = 1L;

    /** A failure with these details. */
    public ServerException(ErrorDetails details) {
        super(details);
    }

    /** A failure with a code of {@link ErrorCodes} and a message. */
    public ServerException(String code, String message) {
        super(ErrorDetails.of(code, message));
    }
}
