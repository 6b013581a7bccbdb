package dev.latchkey.core.error;

/**
 * The authority returned an OAuth 2.0 error (RFC 6749 section 5.2) that user interaction cannot resolve, or a status of
 * 429 or 5xx. A retry helps only if {@link #retryAfter()} is present, and not before that time.
 */
public final class ServerException extends AuthException {
    private static final long serialVersionUID = 1L;

    /** Creates an exception with these details. */
    public ServerException(ErrorDetails details) {
        super(details);
    }

    /** Creates an exception with a code of {@link ErrorCodes} and a message. */
    public ServerException(String code, String message) {
        super(ErrorDetails.of(code, message));
    }
}
