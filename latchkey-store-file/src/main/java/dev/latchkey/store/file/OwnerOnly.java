package dev.latchkey.store.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.AclEntry;
import java.nio.file.attribute.AclEntryPermission;
import java.nio.file.attribute.AclEntryType;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Files that nobody but the user who runs this may read: made so from the start, checked when found. */
final class OwnerOnly {
    private static final Set<PosixFilePermission> FOR_OTHERS = EnumSet.complementOf(EnumSet.of(
            PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE));

    private OwnerOnly() {}

    static void createDirectories(Path directory) throws IOException {
        Files.createDirectories(directory, attribute(directory, "rwx------"));
    }

    static void createFile(Path file) throws IOException {
        Files.createFile(file, attribute(file, "rw-------"));
    }

    /** Fails unless the file or directory belongs to the user who runs this, and to nobody else. */
    static void require(Path path) throws IOException {
        if (!isPosix(path)) {
            return;
        }
        PosixFileAttributes attributes = Files.readAttributes(path, PosixFileAttributes.class);
        UserPrincipal self = self(path);
        if (!attributes.owner().equals(self)) {
            throw Failures.insecure(path + " belongs to " + attributes.owner().getName() + ", but " + self.getName()
                    + " runs this: give it a directory of its own");
        }
        EnumSet<PosixFilePermission> others = EnumSet.copyOf(FOR_OTHERS);
        others.retainAll(attributes.permissions());
        if (!others.isEmpty()) {
            throw Failures.insecure("other users may access " + path + " (" + others + "); if its tokens did not leak,"
                    + " take that away with: chmod go-rwx '" + path + "'");
        }
    }

    private static FileAttribute<?> attribute(Path path, String permissions) throws IOException {
        return isPosix(path)
                ? PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                : new OwnerAcl(self(path));
    }

    private static boolean isPosix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    /** The effective user. On Linux the process itself tells; a container's user need not have a name. */
    static UserPrincipal self(Path path) throws IOException {
        Path process = Path.of("/proc/self");
        return Files.exists(process)
                ? Files.getOwner(process)
                : path.getFileSystem()
                        .getUserPrincipalLookupService()
                        .lookupPrincipalByName(System.getProperty("user.name"));
    }

    /** Full control for the owner, nothing for anybody else: where there are access control lists. */
    private record OwnerAcl(UserPrincipal owner) implements FileAttribute<List<AclEntry>> {
        @Override
        public String name() {
            return "acl:acl";
        }

        @Override
        public List<AclEntry> value() {
            return List.of(AclEntry.newBuilder()
                    .setType(AclEntryType.ALLOW)
                    .setPrincipal(owner)
                    .setPermissions(EnumSet.allOf(AclEntryPermission.class))
                    .build());
        }
    }
}
