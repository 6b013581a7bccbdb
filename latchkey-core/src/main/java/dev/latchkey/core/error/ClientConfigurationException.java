package dev.latchkey.core.error;

/**
 * The program requested something that cannot work: an invalid authority, an insecure URI, claims that are not JSON.
 * The program must be corrected; a retry does not help.
 */
public final class ClientConfigurationException extends AuthException {
    private static final long serialVersionUID = 1L;

    /** Creates an exception with these details. */
    public ClientConfigurationException(ErrorDetails details) {
        super(details);
    }

    /** Creates an exception with a code of {@link ErrorCodes} and a message. */
    public ClientConfigurationException(String code, String message) {
        super(ErrorDetails.of(code, message));
    }
}
