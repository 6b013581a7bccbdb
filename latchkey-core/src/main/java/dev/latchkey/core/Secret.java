package dev.latchkey.core;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * A string that must not be exposed: token, code, verifier, password.
 *
 * <p>{@link #toString()} is redacted, {@link #equals} takes the same time for every pair of equal length, and only
 * {@link #reveal()} returns the value, so that one search finds every place where a secret is used. Immutable.
 */
public final class Secret {
    /** No secret, where an authority issued none: its value is empty. */
    public static final Secret NONE = new Secret("");

    private final String value;

    private Secret(String value) {
        this.value = value;
    }

    /**
     * Wraps a secret.
     *
     * @throws IllegalArgumentException if the value is empty
     */
    public static Secret of(String value) {
        if (value.isEmpty()) {
            throw new IllegalArgumentException("a secret must not be empty");
        }
        return new Secret(value);
    }

    /** The secret value. Never log it, never put it in a message. */
    public String reveal() {
        return value;
    }

    @Override
    public boolean equals(Object other) {
        return this == other
                || (other instanceof Secret that
                        && MessageDigest.isEqual(
                                value.getBytes(StandardCharsets.UTF_8), that.value.getBytes(StandardCharsets.UTF_8)));
    }

    @Override
    public int hashCode() {
        return value.hashCode();
    }

    @Override
    public String toString() {
        return "[secret]";
    }
}
