package dev.latchkey.core.error;

/**
 * A response of the authority violated the protocol and was rejected, or the call is not possible in this state.
 * Nothing was stored. A retry rarely helps; the code says which rule was violated.
 */
public final class ClientAuthException extends AuthException {
    private static final long serialVersionUID = 1L;

    /** Creates an exception with these details. */
    public ClientAuthException(ErrorDetails details) {
        super(details);
    }

    /** Creates an exception with a code of {@link ErrorCodes} and a message. */
    public ClientAuthException(String code, String message) {
        super(ErrorDetails.of(code, message));
    }
}
