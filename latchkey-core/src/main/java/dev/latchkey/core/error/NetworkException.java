package dev.latchkey.core.error;

/**
 * No answer: connection refused, name unknown, TLS failed, time ran out. Nothing was stored; calling again can help.
 */
public final class NetworkException extends AuthException {
    private static final long serialVersionUID = 1L;

    /** A failure with these details. */
    public NetworkException(ErrorDetails details) {
        super(details);
    }

    /** A failure with a code of {@link ErrorCodes} and a message. */
    public NetworkException(String code, String message) {
        super(ErrorDetails.of(code, message));
    }
}
