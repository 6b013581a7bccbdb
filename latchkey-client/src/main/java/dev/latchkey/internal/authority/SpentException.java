package dev.latchkey.internal.authority;

import dev.latchkey.core.Secret;
import dev.latchkey.core.error.ClientAuthException;
import org.jspecify.annotations.Nullable;

/** The authority took what a grant holds, such as a refresh token, and what it gave for it is of no use. */
public final class SpentException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ClientAuthException why;
    private final transient @Nullable Secret successor;

    SpentException(ClientAuthException why, @Nullable Secret successor) {
        super(why);
        this.why = why;
        this.successor = successor;
    }

    /** What is wrong with the answer. */
    public ClientAuthException why() {
        return why;
    }

    /** The refresh token that came with it; null if there was none. */
    public @Nullable Secret successor() {
        return successor;
    }
}
