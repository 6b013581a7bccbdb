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

    /**
     * Whether the store as a whole cannot be used just now (no space, no access, no key): nothing is wrong with what was to
     * be read or written, and trying again later can help.
     */
    public boolean isOfWholeStore() {
        return switch (errorCode()) {
            case ErrorCodes.CACHE_QUOTA_EXCEEDED, ErrorCodes.CACHE_UNAVAILABLE, ErrorCodes.CACHE_KEY_UNAVAILABLE ->
                true;
            default -> false;
        };
    }

    /** A failure with a code of {@link ErrorCodes} and a message. */
    public CacheException(String code, String message) {
        super(ErrorDetails.of(code, message));
    }
}
