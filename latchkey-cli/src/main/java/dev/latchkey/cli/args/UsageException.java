package dev.latchkey.cli.args;

import org.jspecify.annotations.Nullable;

/** An invalid command line. The message explains what is wrong. */
public final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Creates the exception with its message. */
    public UsageException(@Nullable String message) {
        super(message);
    }
}
