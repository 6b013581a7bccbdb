package dev.latchkey.internal.environment;

import dev.latchkey.core.authorize.Pkce;
import java.util.Base64;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** Generates unguessable values. Thread-safe if its generator is. */
public final class Entropy {
    private static final int TOKEN_BYTES = 32;

    private final RandomGenerator random;

    /** Uses a generator; in production a {@link java.security.SecureRandom}. */
    public Entropy(RandomGenerator random) {
        this.random = random;
    }

    /** A state or nonce: 256 bits. */
    public String token() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(TOKEN_BYTES));
    }

    /** A PKCE verifier with its challenge. */
    public Pkce pkce() {
        return Pkce.from(bytes(Pkce.ENTROPY_BYTES));
    }

    /** The id of a call. */
    public String correlationId() {
        return new UUID(random.nextLong(), random.nextLong()).toString();
    }

    /** A fraction, at least 0 and less than 1. */
    public double share() {
        return random.nextDouble();
    }

    private byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }
}
