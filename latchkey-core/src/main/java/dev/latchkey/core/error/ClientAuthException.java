package dev.latchkey.core.error;

/**
 * An answer of the authority broke the protocol and was not believed, or the call cannot be carried out in this state.
 * Nothing was stored. Calling again rarely helps; the code says which rule was broken.
 */
public final class ClientAuthException extends AuthException {
    private static final long serialVersionUID = 1L;

    /** A failure with these details. */
    public ClientAuthException(ErrorDetails details) {
        super(details);
    }

    /** A failure with a code of {@link ErrorCodes} and a message. */
    public ClientAuthException(String code, String message) {
        super(ErrorDetails.of(code, message));
    }
}
