package dev.latchkey.store.file;

import dev.latchkey.core.error.CacheException;
import dev.latchkey.core.error.ErrorCodes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;

/**
 * The first 64 bytes of a partition's file, in the clear: magic (8), format (4), key id (8), version (8), salt (32),
 * checksum of these (4). All formats to come keep this length and the places of magic, format and checksum, so that a
 * damaged header is told from a newer one. Two headers are equal only if they are of the same file content: the salt is
 * random.
 */
final class FileHeader {
    static final int LENGTH = 64;
    static final int FORMAT = 1;
    static final int SALT_LENGTH = 32;

    private static final byte[] MAGIC = "LATCHKEY".getBytes(StandardCharsets.US_ASCII);
    private static final int KEY_ID_AT = 12;
    private static final int VERSION_AT = 20;
    private static final int SALT_AT = 28;
    private static final int CHECKSUM_AT = 60;

    private final byte[] bytes;

    private FileHeader(byte[] bytes) {
        this.bytes = bytes;
    }

    static FileHeader of(long keyId, long version, byte[] salt) {
        ByteBuffer buffer = ByteBuffer.allocate(LENGTH);
        buffer.put(MAGIC).putInt(FORMAT).putLong(keyId).putLong(version).put(salt, 0, SALT_LENGTH);
        buffer.putInt(checksum(buffer.array()));
        return new FileHeader(buffer.array());
    }

    /**
     * The header of a file.
     *
     * @param start at least as much of the file as a header is long, or all of it
     * @throws CacheException {@code cache_newer_format}
     */
    static FileHeader parse(byte[] start) throws CorruptFileException {
        if (start.length < LENGTH) {
            throw new CorruptFileException("it is cut off in its header");
        }
        FileHeader header = new FileHeader(Arrays.copyOf(start, LENGTH));
        header.check();
        return header;
    }

    long keyId() {
        return ByteBuffer.wrap(bytes).getLong(KEY_ID_AT);
    }

    long version() {
        return ByteBuffer.wrap(bytes).getLong(VERSION_AT);
    }

    byte[] salt() {
        return Arrays.copyOfRange(bytes, SALT_AT, SALT_AT + SALT_LENGTH);
    }

    byte[] bytes() {
        return bytes.clone();
    }

    private void check() throws CorruptFileException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        if (!Arrays.equals(MAGIC, 0, MAGIC.length, bytes, 0, MAGIC.length)
                || buffer.getInt(CHECKSUM_AT) != checksum(bytes)) {
            throw new CorruptFileException("its header is damaged");
        }
        int format = buffer.getInt(MAGIC.length);
        if (format > FORMAT) {
            throw new CacheException(
                    ErrorCodes.CACHE_NEWER_FORMAT,
                    "the token store holds files of format " + format + ", this version of the library reads up to "
                            + FORMAT + ": update the library, or give it a directory of its own");
        }
        if (format < 1 || version() <= 0) {
            throw new CorruptFileException("its header makes no sense");
        }
    }

    private static int checksum(byte[] bytes) {
        CRC32 crc = new CRC32();
        crc.update(bytes, 0, CHECKSUM_AT);
        return (int) crc.getValue();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof FileHeader that && Arrays.equals(bytes, that.bytes);
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
