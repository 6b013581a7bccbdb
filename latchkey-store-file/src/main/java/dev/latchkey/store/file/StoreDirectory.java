package dev.latchkey.store.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The directory of a store, made or checked. */
final class StoreDirectory {
    private StoreDirectory() {}

    /**
     * The real path of a directory that belongs to the user who runs this, and to nobody else, and that nobody else can
     * exchange for another. Nothing is made where somebody could.
     */
    static Path open(Path directory) {
        return open(directory, OwnerOnly::createDirectories);
    }

    /** Makes a directory and those above it that are missing. */
    interface Maker {
        void make(Path directory) throws IOException;
    }

    static Path open(Path directory, Maker maker) {
        try {
            Ancestry.require(directory);
            if (!Files.exists(directory)) {
                maker.make(directory);
            }
            Path real = directory.toRealPath();
            if (!Files.isDirectory(real)) {
                throw Failures.unavailable(real, "opened: it is not a directory", null);
            }
            OwnerOnly.require(real);
            // Again, for what was missing before: in a directory like /tmp somebody else may have made it first.
            Ancestry.require(real);
            return real;
        } catch (IOException e) {
            throw Failures.unavailable(directory, "opened", e);
        }
    }
}
