package dev.latchkey.store.encryption;

import dev.latchkey.core.Hkdf;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Arrays;

/**
 * A key that encrypts partitions: 256 random bits. Records refer to it by its id, which is derived from the key and
 * reveals nothing about it. Immutable; {@link #toString()} never contains the key.
 */
public final class EncryptionKey {
    /** The length of a key in bytes. */
    public static final int LENGTH = 32;

    /** Part of the format; the file store was the first to use it. */
    private static final byte[] ID_LABEL = "latchkey-store-file key id".getBytes(StandardCharsets.US_ASCII);

    private final byte[] bytes;
    private final long id;

    private EncryptionKey(byte[] bytes) {
        this.bytes = bytes;
        this.id = ByteBuffer.wrap(Hkdf.hmac(bytes, ID_LABEL)).getLong();
    }

    /**
     * Creates a key from these bytes, which are copied.
     *
     * @throws IllegalArgumentException if the length is not {@value #LENGTH} bytes
     */
    public static EncryptionKey of(byte[] bytes) {
        if (bytes.length != LENGTH) {
            throw new IllegalArgumentException("a key has " + LENGTH + " bytes, not " + bytes.length);
        }
        return new EncryptionKey(bytes.clone());
    }

    /** Generates a new key. */
    public static EncryptionKey generate(SecureRandom random) {
        byte[] bytes = new byte[LENGTH];
        random.nextBytes(bytes);
        return new EncryptionKey(bytes);
    }

    /** The id by which records refer to the key. */
    public long id() {
        return id;
    }

    /** A copy of the key bytes, for code that has to store the key. Never log it. */
    public byte[] reveal() {
        return bytes.clone();
    }

    /** The key and nonce for one record: its salt is random and never used again, so neither is this. */
    byte[] derive(byte[] salt, byte[] info, int length) {
        return Hkdf.derive(bytes, salt, info, length);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EncryptionKey that && MessageDigest.isEqual(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "EncryptionKey[" + Long.toHexString(id) + "]";
    }
}
