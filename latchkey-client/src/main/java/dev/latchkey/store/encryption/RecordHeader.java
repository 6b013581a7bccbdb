package dev.latchkey.store.encryption;

import dev.latchkey.core.error.CacheException;
import dev.latchkey.core.error.ErrorCodes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;

/**
 * The first 64 bytes of an encrypted record, in the clear: magic (8), format (4), key id (8), version (8), salt (32),
 * checksum of these (4). All future formats keep this length and the positions of magic, format and checksum, so that a
 * damaged header can be distinguished from a newer one. Two headers are equal only if they are of the same record: the
 * salt is random. Immutable.
 */
public final class RecordHeader {
    /** The length of a header in bytes. */
    public static final int LENGTH = 64;

    static final int FORMAT = 1;
    static final int SALT_LENGTH = 32;

    private static final byte[] MAGIC = "LATCHKEY".getBytes(StandardCharsets.US_ASCII);
    private static final int KEY_ID_AT = 12;
    private static final int VERSION_AT = 20;
    private static final int SALT_AT = 28;
    private static final int CHECKSUM_AT = 60;

    private final byte[] bytes;

    private RecordHeader(byte[] bytes) {
        this.bytes = bytes;
    }

    static RecordHeader of(long keyId, long version, byte[] salt) {
        ByteBuffer buffer = ByteBuffer.allocate(LENGTH);
        buffer.put(MAGIC).putInt(FORMAT).putLong(keyId).putLong(version).put(salt, 0, SALT_LENGTH);
        buffer.putInt(checksum(buffer.array()));
        return new RecordHeader(buffer.array());
    }

    /**
     * Reads the header of a record.
     *
     * @param start the first {@value #LENGTH} bytes of the record, or more of it
     * @throws CorruptRecordException if the record is cut off in its header or the header is damaged
     * @throws CacheException {@code cache_newer_format} if a newer version of the library wrote the record
     */
    public static RecordHeader parse(byte[] start) throws CorruptRecordException {
        if (start.length < LENGTH) {
            throw new CorruptRecordException("it is cut off in its header");
        }
        RecordHeader header = new RecordHeader(Arrays.copyOf(start, LENGTH));
        header.check();
        return header;
    }

    /** The id of the key that encrypts the record, see {@link EncryptionKey#id()}. */
    public long keyId() {
        return ByteBuffer.wrap(bytes).getLong(KEY_ID_AT);
    }

    /** The version of the partition; greater than 0. */
    public long version() {
        return ByteBuffer.wrap(bytes).getLong(VERSION_AT);
    }

    byte[] salt() {
        return Arrays.copyOfRange(bytes, SALT_AT, SALT_AT + SALT_LENGTH);
    }

    byte[] bytes() {
        return bytes.clone();
    }

    private void check() throws CorruptRecordException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        if (!Arrays.equals(MAGIC, 0, MAGIC.length, bytes, 0, MAGIC.length)
                || buffer.getInt(CHECKSUM_AT) != checksum(bytes)) {
            throw new CorruptRecordException("its header is damaged");
        }
        int format = buffer.getInt(MAGIC.length);
        if (format > FORMAT) {
            throw new CacheException(
                    ErrorCodes.CACHE_NEWER_FORMAT,
                    "the token store holds records of format " + format + ", this version of the library reads up to "
                            + FORMAT + ": update the library, or give it a store of its own");
        }
        if (format < 1 || version() <= 0) {
            throw new CorruptRecordException("its header makes no sense");
        }
    }

    private static int checksum(byte[] bytes) {
        CRC32 crc = new CRC32();
        crc.update(bytes, 0, CHECKSUM_AT);
        return (int) crc.getValue();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof RecordHeader that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "version " + version() + " under key " + Long.toHexString(keyId());
    }
}
