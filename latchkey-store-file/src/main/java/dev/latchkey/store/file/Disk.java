package dev.latchkey.store.file;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Every touch of the disk. None can be interrupted: a thread that holds the answer of a refresh must be able to store
 * it. Not final: tests make the disk fail.
 */
class Disk {
    private static final int BLOCK = 1 << 13;

    /** The first bytes of a file, or all if it is shorter; null if there is none. */
    byte @Nullable [] read(Path file, int limit) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(limit);
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    /**
     * Replaces a file in one step, durably. Whoever reads sees the old content or the new; so does whoever starts the
     * machine again after it lost power at any moment.
     */
    void replace(Path file, Path temporary, byte[] content) throws IOException {
        Files.deleteIfExists(temporary);
        OwnerOnly.createFile(temporary);
        overwrite(temporary, content);
        move(temporary, file);
    }

    /** As {@link #replace}, in the room that was set aside: needs no more, unless the content is longer. */
    void replaceUsing(Path room, Path file, byte[] content) throws IOException {
        // Somebody may have tidied up by hand.
        createIfAbsent(room);
        overwrite(room, content);
        move(room, file);
    }

    private void overwrite(Path file, byte[] content) throws IOException {
        try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
            out.write(content);
            out.setLength(content.length);
            sync(file, out.getFD());
        }
    }

    /** Takes room on the disk for a content to come. */
    void setAside(Path room, long length) throws IOException {
        Files.deleteIfExists(room);
        OwnerOnly.createFile(room);
        try (FileOutputStream out = new FileOutputStream(room.toFile())) {
            byte[] block = new byte[BLOCK];
            Arrays.fill(block, (byte) 0x55); // zeros may take no room
            for (long left = length; left > 0; left -= block.length) {
                out.write(block, 0, (int) Math.min(left, block.length));
            }
        }
    }

    /** Renames a file in one step, durably. */
    void move(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        syncDirectory(to);
    }

    /** Deletes a file, durably. */
    void delete(Path file) throws IOException {
        Files.deleteIfExists(file);
        syncDirectory(file);
    }

    /** Overwrites bytes of a small file, which is created if there is none. */
    void patch(Path file, long position, byte[] bytes, boolean durably) throws IOException {
        if (!Files.exists(file)) {
            createIfAbsent(file);
        }
        try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
            out.seek(position);
            out.write(bytes);
            if (durably) {
                sync(file, out.getFD());
            }
        }
    }

    /** A channel to lock ranges of a file, which is created if there is none. */
    FileChannel openForLocks(Path file) throws IOException {
        createIfAbsent(file);
        return FileChannel.open(file, StandardOpenOption.WRITE);
    }

    /** Locks one byte; null if somebody else has it, in this process or another. */
    @Nullable
    FileLock tryLock(FileChannel channel, long position) throws IOException {
        try {
            return channel.tryLock(position, 1, false);
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    private static void createIfAbsent(Path file) throws IOException {
        if (Files.exists(file)) {
            return;
        }
        try {
            OwnerOnly.createFile(file);
        } catch (FileAlreadyExistsException e) {
            // Somebody was faster.
        }
    }

    /** Writes a file's bytes through to the disk; unlike a channel, a descriptor does not mind an interrupt. */
    void sync(Path file, FileDescriptor descriptor) throws IOException {
        descriptor.sync();
    }

    /** Writes a directory's names through to the disk. */
    void sync(Path directory, FileChannel channel) throws IOException {
        channel.force(true);
    }

    /** A rename or deletion lasts once its directory is written. Windows has no such thing. */
    private void syncDirectory(Path child) throws IOException {
        Path directory = child.toAbsolutePath().getParent();
        if (directory == null
                || !directory.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            return;
        }
        boolean interrupted = Thread.interrupted();
        try {
            while (!trySync(directory)) {
                interrupted = true;
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** False if an interrupt came between; it is cleared. */
    private boolean trySync(Path directory) throws IOException {
        try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
            sync(directory, channel);
            return true;
        } catch (ClosedByInterruptException e) {
            Thread.interrupted();
            return false;
        }
    }
}
