package dev.latchkey.store.file;

import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Whom one must trust on the way to a directory. Whoever may rename one of the directories above it, or put another link
 * in the place of one on the way, exchanges the store for one of his own, however well its own directory is guarded. The
 * way is walked as the operating system walks it.
 */
final class Ancestry {
    /** As Linux has it. */
    private static final int MOST_LINKS = 40;

    private final UserPrincipal self;
    private final Deque<Path> ahead = new ArrayDeque<>();
    private Path reached;
    private int links;

    private Ancestry(Path path) throws IOException {
        this.self = OwnerOnly.self(path);
        this.reached = Objects.requireNonNull(path.getRoot(), "an absolute path");
        path.forEach(ahead::addLast);
    }

    /**
     * Fails if somebody but root and the user who runs this may rename a directory or link on the way, as far as the way
     * exists. Does nothing where the file system has no Unix owners and modes.
     */
    static void require(Path path) throws IOException {
        if (path.getFileSystem().supportedFileAttributeViews().contains("unix")) {
            new Ancestry(path.toAbsolutePath()).walk();
        }
    }

    private void walk() throws IOException {
        requireDirectory(reached, Entry.of(reached));
        while (!ahead.isEmpty()) {
            String name = ahead.removeFirst().toString();
            if (name.equals("..")) {
                reached = Objects.requireNonNullElse(reached.getParent(), reached);
            } else if (!name.isEmpty() && !name.equals(".") && !step(reached.resolve(name))) {
                return;
            }
        }
    }

    /** Whether it is there. The last directory is no ancestor: {@link OwnerOnly} asks more of it. */
    private boolean step(Path next) throws IOException {
        Entry entry = Entry.of(next);
        if (entry == null) {
            return false;
        }
        if (entry.isLink()) {
            requireOwner(next, entry);
            follow(next);
        } else {
            if (!ahead.isEmpty()) {
                requireDirectory(next, entry);
            }
            reached = next;
        }
        return true;
    }

    private void follow(Path link) throws IOException {
        if (++links > MOST_LINKS) {
            throw new FileSystemLoopException(link.toString());
        }
        Path target = Files.readSymbolicLink(link);
        reached = target.isAbsolute() ? Objects.requireNonNull(target.getRoot()) : reached;
        List<Path> names = new ArrayList<>();
        target.forEach(names::add);
        for (int i = names.size() - 1; i >= 0; i--) {
            ahead.addFirst(names.get(i));
        }
    }

    private void requireDirectory(Path directory, @Nullable Entry entry) {
        if (entry == null) {
            return;
        }
        requireOwner(directory, entry);
        if (entry.isOpenToOthers()) {
            throw Failures.insecure("other users may rename what is in " + directory + ", which belongs to "
                    + entry.owner.getName() + ", and so exchange the token store below it; take that away with: chmod"
                    + " go-w '" + directory + "'");
        }
    }

    private void requireOwner(Path path, Entry entry) {
        if (entry.uid != 0 && !entry.owner.equals(self)) {
            throw Failures.insecure(path + ", on the way to the token store, belongs to " + entry.owner.getName()
                    + ", who may exchange the store below it, but " + self.getName()
                    + " runs this: use a directory below one of your own, made with: mkdir -m 700");
        }
    }

    /** What the directory above says of a name; a link itself, not what it leads to. */
    private record Entry(int mode, int uid, int gid, UserPrincipal owner) {
        private static final int TYPE = 0170000;
        private static final int LINK = 0120000;
        private static final int STICKY = 01000;
        private static final int WRITABLE_BY_GROUP = 0020;
        private static final int WRITABLE_BY_ALL = 0002;

        static @Nullable Entry of(Path path) throws IOException {
            try {
                Map<String, Object> read =
                        Files.readAttributes(path, "unix:mode,uid,gid,owner", LinkOption.NOFOLLOW_LINKS);
                return new Entry(
                        (int) Objects.requireNonNull(read.get("mode")),
                        (int) Objects.requireNonNull(read.get("uid")),
                        (int) Objects.requireNonNull(read.get("gid")),
                        (UserPrincipal) Objects.requireNonNull(read.get("owner")));
            } catch (NoSuchFileException e) {
                return null;
            }
        }

        boolean isLink() {
            return (mode & TYPE) == LINK;
        }

        /** In a sticky directory, as /tmp is, others may make names but neither rename nor remove ours. */
        boolean isOpenToOthers() {
            boolean open = (mode & WRITABLE_BY_ALL) != 0 || ((mode & WRITABLE_BY_GROUP) != 0 && !isOwnGroup());
            return open && (mode & STICKY) == 0;
        }

        /** Where each user has a group of their own, of the same number, the usual umask lets that group write. */
        private boolean isOwnGroup() {
            return uid != 0 && gid == uid;
        }
    }
}
