package dev.latchkey.core;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * HKDF with SHA-256 (RFC 5869): derives many keys from one. For implementing stores, or sealing data that others keep.
 * Thread-safe.
 */
public final class Hkdf {
    private static final String HMAC = "HmacSHA256";
    private static final int BLOCK = 32;

    private Hkdf() {}

    /**
     * Extracts and expands (sections 2.2 and 2.3).
     *
     * @param secret the input key material; the keys are only as strong as its randomness
     * @param salt makes the key different from all others; empty for none
     * @param info what the key is for
     * @param length the length of the key in bytes, at most 8,160
     */
    public static byte[] derive(byte[] secret, byte[] salt, byte[] info, int length) {
        byte[] pseudorandomKey = hmac(salt.length == 0 ? new byte[BLOCK] : salt, secret);
        byte[] output = new byte[length];
        byte[] block = new byte[0];
        for (int done = 0, counter = 1; done < length; done += BLOCK, counter++) {
            block = hmac(pseudorandomKey, block, info, new byte[] {(byte) counter});
            System.arraycopy(block, 0, output, done, Math.min(BLOCK, length - done));
        }
        Arrays.fill(pseudorandomKey, (byte) 0);
        return output;
    }

    /** HMAC with SHA-256 (RFC 2104) of the concatenated parts. */
    public static byte[] hmac(byte[] key, byte[]... parts) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(key, HMAC));
            for (byte[] part : parts) {
                mac.update(part);
            }
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + HMAC, e);
        }
    }
}
