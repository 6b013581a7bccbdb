package dev.latchkey.web.session;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Seals bytes for storage in a browser, with AES-256-GCM. Key and nonce are derived from a random salt and the front's
 * key (HKDF), so that no pair is used twice. The header and the cookie's name, which includes the front's, are
 * authenticated too. Thread-safe.
 */
final class Seal {
    /** Covers the whole format: ciphers, compression, dictionary, members. */
    private static final byte VERSION = 1;

    private static final byte[] INFO = "latchkey-web AES-256-GCM 1".getBytes(StandardCharsets.US_ASCII);
    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int SALT_LENGTH = 16;
    private static final int HEADER_LENGTH = 1 + Integer.BYTES + SALT_LENGTH;
    private static final int KEY_LENGTH = 32;
    private static final int NONCE_LENGTH = 12;
    private static final int TAG_LENGTH = 16;

    private final FrontKeys keys;
    private final SecureRandom random;

    Seal(FrontKeys keys, SecureRandom random) {
        this.keys = keys;
        this.random = random;
    }

    /** The sealed value for the cookie of this name. */
    String seal(String cookie, byte[] content) {
        FrontKey key = keys.current();
        byte[] salt = new byte[SALT_LENGTH];
        random.nextBytes(salt);
        byte[] header = ByteBuffer.allocate(HEADER_LENGTH)
                .put(VERSION)
                .putInt(key.name())
                .put(salt)
                .array();
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, key, header, cookie).doFinal(content);
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(ByteBuffer.allocate(HEADER_LENGTH + sealed.length)
                            .put(header)
                            .put(sealed)
                            .array());
        } catch (GeneralSecurityException e) {
            throw unusable(e);
        }
    }

    /** The content that was sealed for this cookie; null if there is none, or the key is gone. */
    byte @Nullable [] open(String cookie, String value) {
        byte[] all = decoded(value);
        if (all.length < HEADER_LENGTH + TAG_LENGTH || all[0] != VERSION) {
            return null;
        }
        FrontKey key = keys.named(ByteBuffer.wrap(all).getInt(1));
        if (key == null) {
            return null;
        }
        try {
            return cipher(Cipher.DECRYPT_MODE, key, Arrays.copyOf(all, HEADER_LENGTH), cookie)
                    .doFinal(all, HEADER_LENGTH, all.length - HEADER_LENGTH);
        } catch (AEADBadTagException e) {
            return null;
        } catch (GeneralSecurityException e) {
            throw unusable(e);
        }
    }

    private static byte[] decoded(String value) {
        try {
            return Base64.getUrlDecoder().decode(value);
        } catch (IllegalArgumentException e) {
            return new byte[0];
        }
    }

    private static Cipher cipher(int mode, FrontKey key, byte[] header, String cookie) throws GeneralSecurityException {
        byte[] salt = Arrays.copyOfRange(header, HEADER_LENGTH - SALT_LENGTH, HEADER_LENGTH);
        byte[] derived = key.derive(salt, INFO, KEY_LENGTH + NONCE_LENGTH);
        Cipher cipher = Cipher.getInstance(CIPHER);
        cipher.init(
                mode,
                new SecretKeySpec(derived, 0, KEY_LENGTH, "AES"),
                new GCMParameterSpec(TAG_LENGTH * Byte.SIZE, derived, KEY_LENGTH, NONCE_LENGTH));
        Arrays.fill(derived, (byte) 0);
        cipher.updateAAD(header);
        cipher.updateAAD(cookie.getBytes(StandardCharsets.UTF_8));
        return cipher;
    }

    private static IllegalStateException unusable(GeneralSecurityException e) {
        return new IllegalStateException("every Java platform has " + CIPHER, e);
    }
}
