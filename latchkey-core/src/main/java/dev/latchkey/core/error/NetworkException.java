package dev.latchkey.core.error;

/**
 * There was no response: connection refused, unknown host, TLS failure, timeout. Nothing was stored; a retry can help.
 */
public final class NetworkException extends AuthException {
    private static final long serialVersionUID = 1L;

    /** Creates an exception with these details. */
    public NetworkException(ErrorDetails details) {
        super(details);
    }

    /** Creates an exception with a code of {@link ErrorCodes} and a message. */
    public NetworkException(String code, String message) {
        super(ErrorDetails.of(code, message));
    }
}
