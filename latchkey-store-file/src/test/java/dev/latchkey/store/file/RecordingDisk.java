package dev.latchkey.store.file;

import java.io.FileDescriptor;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/** A disk that notes each time something is written through, with how things stand then. */
final class RecordingDisk extends Disk {
    final List<String> steps = new CopyOnWriteArrayList<>();
    private Supplier<String> standing = () -> "";

    /** Says with each step what a file holds then. */
    RecordingDisk watching(Path file) {
        standing = () -> ", " + file.getFileName() + " holds " + contentOf(file);
        return this;
    }

    @Override
    void sync(Path file, FileDescriptor descriptor) throws IOException {
        super.sync(file, descriptor);
        steps.add("file " + file.getFileName() + standing.get());
    }

    @Override
    void sync(Path directory, FileChannel channel) throws IOException {
        super.sync(directory, channel);
        steps.add("directory " + directory.getFileName() + standing.get());
    }

    static String contentOf(Path file) {
        try {
            return Files.exists(file) ? new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1) : "nothing";
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
