package dev.latchkey.store.file;

import dev.latchkey.core.account.PartitionKey;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/** The files and locks of one partition. They are named by a digest of its key, so that any key makes a name. */
final class PartitionFiles {
    private static final String DATA = ".partition";
    private static final String STATE = ".state";
    private static final int DIGEST_LENGTH = 32;
    private static final long POSITIONS = 0x3fff_ffff_ffff_fffeL;

    private final Path directory;
    private final byte[] digest;
    private final String name;

    private PartitionFiles(Path directory, byte[] digest) {
        this.directory = directory;
        this.digest = digest;
        this.name = HexFormat.of().formatHex(digest);
    }

    static PartitionFiles of(Path directory, PartitionKey key) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            return new PartitionFiles(directory, sha256.digest(key.value().getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** The files of the partition whose data rest in this file; null if it is another file. */
    static @Nullable PartitionFiles ofData(Path directory, Path file) {
        return of(directory, file, DATA);
    }

    /** The files of the partition whose numbers rest in this file; null if it is another file. */
    static @Nullable PartitionFiles ofState(Path directory, Path file) {
        return of(directory, file, STATE);
    }

    private static @Nullable PartitionFiles of(Path directory, Path file, String ending) {
        String fileName = String.valueOf(file.getFileName());
        if (!fileName.endsWith(ending) || fileName.length() != 2 * DIGEST_LENGTH + ending.length()) {
            return null;
        }
        try {
            return new PartitionFiles(directory, HexFormat.of().parseHex(fileName, 0, 2 * DIGEST_LENGTH));
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    byte[] digest() {
        return digest.clone();
    }

    /** What the files have in common. */
    String name() {
        return name;
    }

    /** The encrypted partition; absent if there is none. */
    Path data() {
        return directory.resolve(name + DATA);
    }

    /** The numbers given out; goes when the partition has gone and nobody holds its lease. */
    Path state() {
        return directory.resolve(name + STATE);
    }

    /** Room for the next data; only the holder of the lease touches it. */
    Path room() {
        return directory.resolve(name + ".room");
    }

    /** What is going to be the data; only a holder of the write lock touches it. */
    Path temporary() {
        return directory.resolve(name + ".tmp");
    }

    /** Damaged data, set aside. */
    Path corrupt() {
        return directory.resolve(name + ".corrupt");
    }

    /** The byte of the lock file that stands for the lease. Collisions of 62 bits of SHA-256 only cost a wait. */
    long leasePosition() {
        return ByteBuffer.wrap(digest).getLong() & POSITIONS;
    }

    /** The byte of the lock file that stands for the right to write. */
    long writePosition() {
        return leasePosition() + 1;
    }
}
