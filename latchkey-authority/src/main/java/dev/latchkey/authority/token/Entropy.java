package dev.latchkey.authority.token;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.UUID;
import java.util.random.RandomGenerator;

/** Unguessable names, from one source of randomness. Thread-safe. */
public final class Entropy {
    private static final long VERSION_MASK = 0xf000L;
    private static final long VERSION_4 = 0x4000L;
    private static final long VARIANT_MASK = 0xc000000000000000L;
    private static final long VARIANT_2 = 0x8000000000000000L;

    private final RandomGenerator random;

    public Entropy(RandomGenerator random) {
        this.random = random;
    }

    /** 256 bits as base64url: codes, refresh tokens, cookies. */
    public String token() {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes(32));
    }

    /** Letters of an alphabet. */
    public String text(String alphabet, int length) {
        StringBuilder text = new StringBuilder(length);
        for (byte b : bytes(length)) {
            text.append(alphabet.charAt((b & 0xff) % alphabet.length()));
        }
        return text.toString();
    }

    /** A version 4 UUID. */
    public UUID uuid() {
        ByteBuffer bytes = ByteBuffer.wrap(bytes(16));
        long high = bytes.getLong() & ~VERSION_MASK;
        long low = bytes.getLong() & ~VARIANT_MASK;
        return new UUID(high | VERSION_4, low | VARIANT_2);
    }

    private synchronized byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }
}
