package dev.latchkey.store.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class LockFileTest {
    private static final long SECOND = 1_000_000_000;

    @TempDir
    Path directory;

    private final ManualPause pause = new ManualPause();
    private final CountingDisk disk = new CountingDisk();
    private Path file;
    private LockFile locks;

    @BeforeEach
    void name() {
        file = directory.resolve("locks");
        locks = new LockFile(file, disk, pause);
    }

    /** POSIX drops a process's locks on a file with any descriptor of it that is closed, so there is one. */
    @Test
    void take_manyTimesByManyStores_opensTheFileOnce() throws IOException {
        for (int i = 0; i < 5; i++) {
            taken(locks, i).close();
            taken(new LockFile(file, disk, pause), i).close();
        }

        assertThat(disk.opened).isEqualTo(1);
    }

    /** Somebody begins anew: the others lock the file that is there now. */
    @Test
    @DisabledOnOs(OS.WINDOWS)
    void take_fileReplacedByAnother_locksTheNewOne() throws IOException {
        LockFile.Held old = taken(locks, 1);
        // The old one is kept, else the new one might get its number.
        Files.move(file, directory.resolve("old"));
        Files.createFile(file);

        try (LockFile.Held held = taken(locks, 1)) {
            assertThat(held.isHeld()).isTrue();
            assertThat(disk.opened).isEqualTo(2);
            assertThat(locks.take(1, 0)).isNull();
        }
        old.close();
    }

    @Test
    void take_heldInThisProcess_isNotAskedOfTheOperatingSystem() throws Exception {
        try (LockFile.Held held = taken(locks, 1)) {
            assertThat(held.isHeld()).isTrue();
            disk.tried = 0;

            assertThat(locks.take(1, 0)).isNull();

            assertThat(disk.tried).isZero();
            assertThat(locks.take(2, 0)).as("another byte").isNotNull();
        }
    }

    @Test
    void take_heldByAnotherProcessUntilLater_isFreeAgainForThisOne() throws IOException {
        disk.busy = true;
        assertThat(locks.take(1, 0)).isNull();
        assertThat(locks.take(1, SECOND)).isNull();

        disk.busy = false;

        taken(locks, 1).close();
    }

    /** A service meets millions of accounts: whoever is done leaves nothing behind. */
    @Test
    void inUse_heldWaitedForInVainAndDone_countsOnlyWhatIsNeeded() throws IOException {
        LockFile.Held first = taken(locks, 1);
        LockFile.Held second = taken(locks, 2);
        assertThat(locks.inUse()).isEqualTo(2);
        assertThat(locks.take(1, 0)).isNull();
        assertThat(locks.inUse()).isEqualTo(2);

        first.close();
        first.close();
        assertThat(locks.inUse()).isEqualTo(1);
        second.close();
        assertThat(locks.inUse()).isZero();

        disk.busy = true;
        assertThat(locks.take(3, 0)).isNull();
        assertThat(locks.inUse()).isZero();
    }

    @Test
    void requireUsable_again_triesAgain() throws IOException {
        locks.requireUsable();
        int tried = disk.tried;

        locks.requireUsable();

        assertThat(disk.tried).isGreaterThan(tried);
        assertThat(locks.inUse()).isZero();
    }

    @Test
    void take_interruptedWhileAnotherProcessHoldsIt_waitsToTheEnd() throws IOException {
        LockFile interrupted = new LockFile(file, disk, new InterruptingPause());
        disk.busy = true;

        assertThat(interrupted.take(1, SECOND)).isNull();
        assertThat(Thread.interrupted()).as("stays interrupted").isTrue();
    }

    private static LockFile.Held taken(LockFile locks, long position) throws IOException {
        return Objects.requireNonNull(locks.take(position, 0));
    }

    private static final class CountingDisk extends Disk {
        private int opened;
        private int tried;
        private boolean busy;

        @Override
        FileChannel openForLocks(Path file) throws IOException {
            opened++;
            return super.openForLocks(file);
        }

        @Override
        @Nullable
        FileLock tryLock(FileChannel channel, long position) throws IOException {
            tried++;
            return busy ? null : super.tryLock(channel, position);
        }
    }

    /** Each time somebody waits, somebody else interrupts. */
    private final class InterruptingPause implements Pause {
        @Override
        public long nanoTime() {
            return pause.nanoTime();
        }

        @Override
        public void pause(long nanos) {
            pause.pause(nanos);
            Thread.currentThread().interrupt();
        }
    }
}
