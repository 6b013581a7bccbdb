package dev.latchkey.store.file;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A disk that counts, and that fails when it is told to. */
final class FailingDisk extends Disk {
    final AtomicInteger reads = new AtomicInteger();
    final AtomicInteger bytesRead = new AtomicInteger();
    private @Nullable IOException everyWrite;
    private @Nullable IOException everyLock;
    private @Nullable IOException opening;
    private boolean busy;
    private boolean rooms = true;
    private @Nullable String unwritable;
    private int writesLeft = Integer.MAX_VALUE;

    FailingDisk failWrites(@Nullable IOException e) {
        this.everyWrite = e;
        return this;
    }

    FailingDisk failLocks(IOException e) {
        this.everyLock = e;
        return this;
    }

    FailingDisk failOpening(IOException e) {
        this.opening = e;
        return this;
    }

    /** What was set aside cannot be used. */
    FailingDisk failRooms() {
        this.rooms = false;
        return this;
    }

    /** A small file of this name cannot be written: there is no space. */
    FailingDisk failPatchesOf(@Nullable String name) {
        this.unwritable = name;
        return this;
    }

    /** As if another process held every lock. */
    FailingDisk busy() {
        this.busy = true;
        return this;
    }

    /** After so many steps the machine is off: nothing is written any more, the step that fails leaves half of it. */
    FailingDisk powerOffAfter(int writes) {
        this.writesLeft = writes;
        return this;
    }

    boolean isOff() {
        return writesLeft < 0;
    }

    @Override
    byte @Nullable [] read(Path file, int limit) throws IOException {
        byte[] read = super.read(file, limit);
        reads.incrementAndGet();
        bytesRead.addAndGet(read == null ? 0 : read.length);
        return read;
    }

    @Override
    void replace(Path file, Path temporary, byte[] content) throws IOException {
        if (everyWrite != null) {
            Files.write(temporary, Arrays.copyOf(content, content.length / 2));
            throw everyWrite;
        }
        if (--writesLeft < 0) {
            Files.write(temporary, Arrays.copyOf(content, content.length / 2));
            throw new IOException("power off");
        }
        if (--writesLeft < 0) {
            Files.write(temporary, content);
            throw new IOException("power off");
        }
        super.replace(file, temporary, content);
        step();
    }

    @Override
    void replaceUsing(Path room, Path file, byte[] content) throws IOException {
        if (!rooms) {
            throw new IOException("No space left on device");
        }
        super.replaceUsing(room, file, content);
    }

    @Override
    void setAside(Path room, long length) throws IOException {
        if (everyWrite != null) {
            Files.write(room, new byte[(int) (length / 2)]);
            throw everyWrite;
        }
        super.setAside(room, length);
    }

    @Override
    void delete(Path file) throws IOException {
        step();
        super.delete(file);
        step();
    }

    @Override
    void patch(Path file, long position, byte[] bytes, boolean durably) throws IOException {
        if (String.valueOf(file.getFileName()).equals(unwritable)) {
            throw new IOException("No space left on device");
        }
        if (--writesLeft < 0) {
            super.patch(file, position, Arrays.copyOf(bytes, bytes.length / 2), false);
            throw new IOException("power off");
        }
        super.patch(file, position, bytes, durably);
        step();
    }

    @Override
    FileChannel openForLocks(Path file) throws IOException {
        if (opening != null) {
            throw opening;
        }
        return super.openForLocks(file);
    }

    @Override
    @Nullable
    FileLock tryLock(FileChannel channel, long position) throws IOException {
        if (everyLock != null) {
            throw everyLock;
        }
        return busy ? null : super.tryLock(channel, position);
    }

    private void step() throws IOException {
        if (--writesLeft < 0) {
            throw new IOException("power off");
        }
    }
}
