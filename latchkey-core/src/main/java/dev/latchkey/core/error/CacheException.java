package dev.latchkey.core.error;

/**
 * The token store failed. The code says what to do; tokens that were already obtained are still delivered to the caller
 * where that is safe. Never raised to say that a token is absent.
 */
public final class CacheException extends AuthException {
    private static final long serialVersionUID = 1L;

    /** A failure with these details. */
    public CacheException(ErrorDetails details) {
        super(details);
    }

    /** A failure with a code of {@link ErrorCodes} and a message. */
    public CacheException(String code, String message) {
        super(ErrorDetails.of(code, message));
    }
}
