package dev.latchkey.store.encryption;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * A record's bytes: header, then AES-256-GCM over the content.
 *
 * <p>Key and nonce of each record are derived from its random salt (HKDF), so no pair is ever used twice, however often
 * the record is written. Header and name are authenticated: the header cannot be changed, and a record cannot be passed
 * off as another account's. Pure.
 */
final class Envelope {
    /** Part of the format; the file store was the first to use it. */
    private static final byte[] INFO = "latchkey-store-file AES-256-GCM 1".getBytes(StandardCharsets.US_ASCII);

    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int KEY_LENGTH = 32;
    private static final int NONCE_LENGTH = 12;
    private static final int TAG_LENGTH = 16;

    private Envelope() {}

    static byte[] seal(EncryptionKey key, RecordHeader header, byte[] name, byte[] content) {
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, key, header, name).doFinal(content);
            return ByteBuffer.allocate(RecordHeader.LENGTH + sealed.length)
                    .put(header.bytes())
                    .put(sealed)
                    .array();
        } catch (GeneralSecurityException e) {
            throw unusable(e);
        }
    }

    static byte[] open(EncryptionKey key, RecordHeader header, byte[] name, byte[] record)
            throws CorruptRecordException {
        int length = record.length - RecordHeader.LENGTH;
        if (length < TAG_LENGTH) {
            throw new CorruptRecordException("it is cut off");
        }
        try {
            return cipher(Cipher.DECRYPT_MODE, key, header, name).doFinal(record, RecordHeader.LENGTH, length);
        } catch (AEADBadTagException e) {
            throw new CorruptRecordException("it is not as it was written");
        } catch (GeneralSecurityException e) {
            throw unusable(e);
        }
    }

    private static Cipher cipher(int mode, EncryptionKey key, RecordHeader header, byte[] name)
            throws GeneralSecurityException {
        byte[] derived = key.derive(header.salt(), INFO, KEY_LENGTH + NONCE_LENGTH);
        Cipher cipher = Cipher.getInstance(CIPHER);
        cipher.init(
                mode,
                new SecretKeySpec(derived, 0, KEY_LENGTH, "AES"),
                new GCMParameterSpec(TAG_LENGTH * Byte.SIZE, derived, KEY_LENGTH, NONCE_LENGTH));
        Arrays.fill(derived, (byte) 0);
        cipher.updateAAD(header.bytes());
        cipher.updateAAD(name);
        return cipher;
    }

    private static IllegalStateException unusable(GeneralSecurityException e) {
        return new IllegalStateException("every Java platform has " + CIPHER, e);
    }
}
