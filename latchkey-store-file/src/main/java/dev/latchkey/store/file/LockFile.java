package dev.latchkey.store.file;

import dev.latchkey.core.PrintableFailure;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Locks between processes: one file per directory, of which a lock is one byte. A holder that dies loses it at once, for
 * the operating system keeps it.
 *
 * <p>POSIX drops all locks that a process has on a file as soon as it closes <em>any</em> descriptor of that file. So a
 * process has one channel per lock file, shared by all stores on that directory and never closed. As these locks do not
 * exclude threads of one process, a semaphore per byte comes first.
 */
final class LockFile {
    private static final Logger LOG = LoggerFactory.getLogger(LockFile.class);
    private static final Map<Object, Shared> OPEN = new ConcurrentHashMap<>();
    private static final long FIRST_PAUSE = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long LONGEST_PAUSE = TimeUnit.MILLISECONDS.toNanos(20);

    // Beyond the bytes of partitions.
    private static final long KEYS = 1L << 62;
    private static final long PROBE = KEYS + 1;
    private static final long GONE = KEYS + 2;

    private final Path file;
    private final Disk disk;
    private final Pause pause;

    LockFile(Path file, Disk disk, Pause pause) {
        this.file = file;
        this.disk = disk;
        this.pause = pause;
    }

    /**
     * Takes a lock. An interrupt does not end the wait: locks are held for milliseconds, except for those of leases, for
     * which nobody waits here.
     *
     * @param wait nanoseconds to wait at most; 0 tries once
     * @return the lock, or null if it was not free in time
     */
    @Nullable
    Held take(long position, long wait) throws IOException {
        long deadline = pause.nanoTime() + wait;
        Shared shared = shared();
        Place place = shared.enter(position);
        FileLock lock = null;
        boolean entered = false;
        try {
            entered = place.acquire(wait);
            lock = entered ? poll(shared, position, deadline) : null;
            return lock == null ? null : new Held(shared, place, lock);
        } finally {
            if (lock == null) {
                shared.leave(place, entered);
            }
        }
    }

    /** Fails where nothing can be locked: better now than in the middle of a renewal. */
    void requireUsable() throws IOException {
        Held probe = take(PROBE, 0);
        if (probe != null) {
            probe.close();
        }
    }

    /** Takes the lock that excludes other makers of the directory's keys. */
    @Nullable
    Held takeForKeys(long wait) throws IOException {
        return take(KEYS, wait);
    }

    /** Takes the lock that excludes others who note the numbers of what is gone. */
    @Nullable
    Held takeForGone(long wait) throws IOException {
        return take(GONE, wait);
    }

    /** How many bytes somebody in this process holds or waits for. */
    int inUse() throws IOException {
        return shared().places.size();
    }

    /** The lock file may have been deleted, by whoever wanted to begin anew: its successor counts. */
    private Shared shared() throws IOException {
        Object identity = identity();
        Shared present = identity == null ? null : OPEN.get(identity);
        return present != null ? present : open();
    }

    private Shared open() throws IOException {
        synchronized (OPEN) {
            Object identity = identity();
            Shared present = identity == null ? null : OPEN.get(identity);
            if (present != null) {
                return present;
            }
            Shared opened = new Shared(disk.openForLocks(file));
            Object found = identity();
            OPEN.put(found == null ? file : found, opened);
            return opened;
        }
    }

    private @Nullable Object identity() throws IOException {
        try {
            Object key = Files.readAttributes(file, BasicFileAttributes.class).fileKey();
            return key == null ? file : key;
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    private @Nullable FileLock poll(Shared shared, long position, long deadline) throws IOException {
        long next = FIRST_PAUSE;
        for (FileLock lock = disk.tryLock(shared.channel, position); ; lock = disk.tryLock(shared.channel, position)) {
            long left = deadline - pause.nanoTime();
            if (lock != null || left <= 0) {
                return lock;
            }
            pause.pause(Math.min(left, next));
            next = Math.min(2 * next, LONGEST_PAUSE);
        }
    }

    /** What all stores of this process have of one lock file. */
    private static final class Shared {
        private final FileChannel channel;
        private final ConcurrentHashMap<Long, Place> places = new ConcurrentHashMap<>();

        Shared(FileChannel channel) {
            this.channel = channel;
        }

        Place enter(long position) {
            return places.compute(position, (unused, present) -> {
                Place place = present == null ? new Place(position) : present;
                place.users++;
                return place;
            });
        }

        void leave(Place place, boolean entered) {
            if (entered) {
                place.turn.release();
            }
            places.computeIfPresent(place.position, (unused, present) -> --present.users == 0 ? null : present);
        }
    }

    /** One byte, while somebody in this process holds it or waits for it. */
    private static final class Place {
        private final long position;
        private final Semaphore turn = new Semaphore(1, true);

        /** Guarded by the map's bin. */
        private int users;

        Place(long position) {
            this.position = position;
        }

        boolean acquire(long wait) {
            boolean interrupted = Thread.interrupted();
            long deadline = System.nanoTime() + wait;
            try {
                while (true) {
                    try {
                        return turn.tryAcquire(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
                    } catch (InterruptedException e) {
                        interrupted = true;
                    }
                }
            } finally {
                if (interrupted) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }

    /** A lock that was taken; closing it more than once does nothing. */
    static final class Held implements AutoCloseable {
        private final Shared shared;
        private final Place place;
        private final FileLock lock;
        private boolean closed;

        Held(Shared shared, Place place, FileLock lock) {
            this.shared = shared;
            this.place = place;
            this.lock = lock;
        }

        synchronized boolean isHeld() {
            return !closed && lock.isValid();
        }

        @Override
        public synchronized void close() {
            if (closed) {
                return;
            }
            closed = true;
            try {
                lock.release();
            } catch (IOException e) {
                LOG.warn(
                        "a lock of the token store could not be released; it stays until this process ends",
                        PrintableFailure.of(e));
            } finally {
                shared.leave(place, true);
            }
        }
    }
}
