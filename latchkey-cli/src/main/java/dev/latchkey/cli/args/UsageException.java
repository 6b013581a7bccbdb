package dev.latchkey.cli.args;

import org.jspecify.annotations.Nullable;

/** The command line cannot be meant like that. The message says what is wrong with it. */
public final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Says what is wrong. */
    public UsageException(@Nullable String message) {
        super(message);
    }
}
