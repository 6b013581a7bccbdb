package dev.latchkey.core.error;

/**
 * The user must interact: no token can be acquired silently. Call an interactive method with the same request,
 * including {@link #claims()} if present. Another silent call does not help.
 */
public final class InteractionRequiredAuthException extends AuthException {
    private static final long serialVersionUID = 1L;

    /** Creates an exception with these details. */
    public InteractionRequiredAuthException(ErrorDetails details) {
        super(details);
    }

    /** Creates an exception with a code of {@link ErrorCodes} and a message. */
    public InteractionRequiredAuthException(String code, String message) {
        super(ErrorDetails.of(code, message));
    }
}
