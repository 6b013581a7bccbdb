package dev.latchkey.core.error;

/**
 * The interaction with the person did not happen or did not end: another one is running, the person cancelled, no browser
 * could be opened, the time ran out. The interaction guard has been released; calling again is allowed.
 */
public final class BrowserAuthException extends AuthException {
    private static final long serialVersionUID = 1L;

    /** A failure with these details. */
    public BrowserAuthException(ErrorDetails details) {
        super(details);
    }

    /** A failure with a code of {@link ErrorCodes} and a message. */
    public BrowserAuthException(String code, String message) {
        super(ErrorDetails.of(code, message));
    }
}
