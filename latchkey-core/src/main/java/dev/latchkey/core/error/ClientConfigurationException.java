package dev.latchkey.core.error;

/**
 * The program asked for something that cannot work: a bad authority, an insecure URI, claims that are no JSON. To be
 * mended by its author; calling again does not help.
 */
public final class ClientConfigurationException extends AuthException {
    private static final long serialVersionUID = 1L;

    /** A failure with these details. */
    public ClientConfigurationException(ErrorDetails details) {
        super(details);
    }

    /** A failure with a code of {@link ErrorCodes} and a message. */
    public ClientConfigurationException(String code, String message) {
        super(ErrorDetails.of(code, message));
    }
}
