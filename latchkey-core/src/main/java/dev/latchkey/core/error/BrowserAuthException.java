package dev.latchkey.core.error;

/**
 * The interaction with the user did not start or did not complete: another one is running, the user cancelled, no
 * browser could be opened, or it timed out. The failed call no longer blocks other interactions; a retry is allowed.
 */
public final class BrowserAuthException extends AuthException {
    private static final long serialVersionUID = 1L;

    /** Creates an exception with these details. */
    public BrowserAuthException(ErrorDetails details) {
        super(details);
    }

    /** Creates an exception with a code of {@link ErrorCodes} and a message. */
    public BrowserAuthException(String code, String message) {
        super(ErrorDetails.of(code, message));
    }
}
