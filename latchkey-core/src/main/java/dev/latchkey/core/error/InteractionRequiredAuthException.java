package dev.latchkey.core.error;

/**
 * The person has to be asked: there is no token to be had silently. Call an interactive method with the same request,
 * passing {@link #claims()} on if there are any. Calling silently again does not help.
 */
public final class InteractionRequiredAuthException extends AuthException {
    private static final long serialVersionUID = 1L;

    /** A failure with these details. */
    public InteractionRequiredAuthException(ErrorDetails details) {
        super(details);
    }

    /** A failure with a code of {@link ErrorCodes} and a message. */
    public InteractionRequiredAuthException(String code, String message) {
        super(ErrorDetails.of(code, message));
    }
}
