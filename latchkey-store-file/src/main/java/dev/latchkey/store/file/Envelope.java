package dev.latchkey.store.file;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * A file's bytes: header, then AES-256-GCM over the content.
 *
 * <p>Key and nonce of each file are derived from its random salt (HKDF): no pair is ever used twice, however often is
 * written. Header and file name are authenticated, so the one cannot be changed and a file not be passed off as another
 * person's. Pure.
 */
final class Envelope {
    private static final byte[] INFO = "latchkey-store-file AES-256-GCM 1".getBytes(StandardCharsets.US_ASCII);
    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int KEY_LENGTH = 32;
    private static final int NONCE_LENGTH = 12;
    private static final int TAG_LENGTH = 16;

    private Envelope() {}

    static byte[] seal(EncryptionKey key, FileHeader header, byte[] fileName, byte[] content) {
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, key, header, fileName).doFinal(content);
            return ByteBuffer.allocate(FileHeader.LENGTH + sealed.length)
                    .put(header.bytes())
                    .put(sealed)
                    .array();
        } catch (GeneralSecurityException e) {
            throw unusable(e);
        }
    }

    static byte[] open(EncryptionKey key, FileHeader header, byte[] fileName, byte[] file) throws CorruptFileException {
        int length = file.length - FileHeader.LENGTH;
        if (length < TAG_LENGTH) {
            throw new CorruptFileException("it is cut off");
        }
        try {
            return cipher(Cipher.DECRYPT_MODE, key, header, fileName).doFinal(file, FileHeader.LENGTH, length);
        } catch (AEADBadTagException e) {
            throw new CorruptFileException("it is not as it was written");
        } catch (GeneralSecurityException e) {
            throw unusable(e);
        }
    }

    private static Cipher cipher(int mode, EncryptionKey key, FileHeader header, byte[] fileName)
            throws GeneralSecurityException {
        byte[] derived = key.derive(header.salt(), INFO, KEY_LENGTH + NONCE_LENGTH);
        Cipher cipher = Cipher.getInstance(CIPHER);
        cipher.init(
                mode,
                new SecretKeySpec(derived, 0, KEY_LENGTH, "AES"),
                new GCMParameterSpec(TAG_LENGTH * Byte.SIZE, derived, KEY_LENGTH, NONCE_LENGTH));
        Arrays.fill(derived, (byte) 0);
        cipher.updateAAD(header.bytes());
        cipher.updateAAD(fileName);
        return cipher;
    }

    private static IllegalStateException unusable(GeneralSecurityException e) {
        return new IllegalStateException("every Java platform has " + CIPHER, e);
    }
}
