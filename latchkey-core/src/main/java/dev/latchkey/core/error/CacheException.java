package dev.latchkey.core.error;

/**
 * The token store failed. The code says what to do; tokens already obtained are still returned to the caller where that
 * is safe. Never thrown to report that a token is absent.
 */
public final class CacheException extends AuthException {
    private static final long serialVersionUID = 1L;

    /** Creates an exception with these details. */
    public CacheException(ErrorDetails details) {
        super(details);
    }

    /**
     * Whether the store as a whole is currently unusable (no space, no access, no key): the data to be read or written
     * is not at fault, and a later retry can help.
     */
    public boolean isOfWholeStore() {
        return switch (errorCode()) {
            case ErrorCodes.CACHE_QUOTA_EXCEEDED, ErrorCodes.CACHE_UNAVAILABLE, ErrorCodes.CACHE_KEY_UNAVAILABLE ->
                true;
            default -> false;
        };
    }

    /** Creates an exception with a code of {@link ErrorCodes} and a message. */
    public CacheException(String code, String message) {
        super(ErrorDetails.of(code, message));
    }
}
