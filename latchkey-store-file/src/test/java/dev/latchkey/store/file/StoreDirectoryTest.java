package dev.latchkey.store.file;

import static dev.latchkey.store.file.Samples.ADA;
import static dev.latchkey.store.file.Samples.BOB;
import static dev.latchkey.store.file.Samples.fails;
import static dev.latchkey.store.file.Samples.leased;
import static dev.latchkey.store.file.Samples.partition;
import static dev.latchkey.store.file.Samples.token;
import static dev.latchkey.store.file.Samples.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.latchkey.core.account.PartitionKey;
import dev.latchkey.core.error.ErrorCodes;
import dev.latchkey.store.Lease;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Directories and disks that are not as they should be. */
class StoreDirectoryTest {
    @TempDir
    Path parent;

    private Path directory;

    @BeforeEach
    void name() {
        directory = parent.resolve("new").resolve("tokens");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void open_directoryMissing_isMadeForTheOwnerAloneAndSoIsEachFile() throws IOException {
        FileTokenStore store = Samples.store(directory).open();
        write(store, ADA, "ada's");
        leased(store, ADA).close();

        assertThat(permissions(directory)).isEqualTo("rwx------");
        assertThat(permissions(parent.resolve("new"))).isEqualTo("rwx------");
        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).hasSize(4).allSatisfy(file -> assertThat(permissions(file))
                    .isEqualTo("rw-------"));
        }
    }

    @Test
    void files_withTokensInThem_showNoneOfIt() throws IOException {
        FileTokenStore store = Samples.store(directory).open();
        write(store, ADA, "a-token-that-must-not-be-seen");

        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files).allSatisfy(file -> {
                String content = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
                assertThat(content + file.getFileName()).doesNotContain("must-not-be-seen", "ada.t1", "login.example");
            });
        }
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void open_othersMayLook_isRefusedWithTheRemedy() throws IOException {
        Files.createDirectories(directory);
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));

        assertThat(fails(ErrorCodes.CACHE_INSECURE_PERMISSIONS, () -> Samples.store(directory)
                        .open()))
                .hasMessageContaining("chmod go-rwx");

        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
        write(Samples.store(directory).open(), ADA, "ada's");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void open_belongsToSomebodyElse_isRefused() throws IOException {
        assumeThat(Files.getOwner(parent).getName())
                .as("only root can give files away")
                .isEqualTo("root");
        Samples.store(directory).open();
        Files.setOwner(
                directory,
                directory.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody"));

        assertThat(fails(ErrorCodes.CACHE_INSECURE_PERMISSIONS, () -> Samples.store(directory)
                        .open()))
                .hasMessageContaining("belongs to nobody");
    }

    @Test
    void open_aFileIsThere_isRefused() throws IOException {
        Files.createDirectories(directory.getParent());
        Files.writeString(directory, "a file");

        fails(ErrorCodes.CACHE_UNAVAILABLE, () -> Samples.store(directory).open());
    }

    @Test
    void open_mayNotBeWritten_servesWhatIsStoredAndSaysSoToWhoWrites() throws IOException {
        write(Samples.store(directory).open(), ADA, "ada's");
        Files.delete(directory.resolve("locks"));
        FailingDisk disk = new FailingDisk().failOpening(new AccessDeniedException("locks"));
        disk.failWrites(new AccessDeniedException("tmp"));
        FileTokenStore store = Samples.store(directory).disk(disk).open();

        assertThat(token(store, ADA)).isEqualTo("ada's");
        assertThat(store.list()).containsExactly(ADA);
        assertThat(fails(ErrorCodes.CACHE_UNAVAILABLE, () -> leased(store, ADA)))
                .hasMessageContaining("make it writable");
        assertThat(fails(ErrorCodes.CACHE_UNAVAILABLE, () -> store.write(ADA, 1, partition("a"), null)))
                .hasMessageContaining("make it writable");
    }

    @Test
    void open_fileSystemWithoutLocks_saysSoAtOnce() {
        FailingDisk disk = new FailingDisk().failLocks(new IOException("Function not implemented"));

        assertThat(fails(
                        ErrorCodes.CACHE_UNAVAILABLE,
                        () -> Samples.store(directory).disk(disk).open()))
                .hasMessageContaining("use a local disk");
    }

    @Test
    void write_diskFull_saysSoAndKeepsWhatWasThere() {
        FailingDisk disk = new FailingDisk();
        FileTokenStore store = Samples.store(directory).disk(disk).open();
        write(store, ADA, "before");
        long version = store.read(ADA).version();
        disk.failWrites(new IOException("No space left on device"));

        fails(ErrorCodes.CACHE_QUOTA_EXCEEDED, () -> store.write(ADA, version, partition("after"), null));

        assertThat(token(store, ADA)).isEqualTo("before");
        assertThat(token(Samples.store(directory).open(), ADA)).isEqualTo("before");
        disk.failWrites(null);
        assertThat(store.write(ADA, version, partition("after"), null)).isTrue();
        assertThat(token(store, ADA)).isEqualTo("after");
    }

    @Test
    void write_becameReadOnly_saysSo() {
        FailingDisk disk = new FailingDisk();
        FileTokenStore store = Samples.store(directory).disk(disk).open();
        disk.failWrites(new FileSystemException("tokens", null, "Read-only file system"));

        fails(ErrorCodes.CACHE_UNAVAILABLE, () -> store.write(ADA, 0, partition("a"), null));
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void read_directoryGoneOrReplaced_isNotTakenForEmpty() throws IOException {
        FileTokenStore store =
                Samples.store(directory).maximumStaleness(Duration.ZERO).open();
        write(store, ADA, "ada's");
        Path elsewhere = parent.resolve("elsewhere");
        Files.move(directory, elsewhere);

        assertThat(fails(ErrorCodes.CACHE_UNAVAILABLE, () -> store.read(ADA)))
                .hasMessageContaining("gone or was replaced");
        fails(ErrorCodes.CACHE_UNAVAILABLE, store::list);
        Files.createDirectory(directory);
        fails(ErrorCodes.CACHE_UNAVAILABLE, () -> store.read(BOB));
        fails(ErrorCodes.CACHE_UNAVAILABLE, store::list);
        fails(ErrorCodes.CACHE_UNAVAILABLE, store::requireWritable);
        fails(ErrorCodes.CACHE_UNAVAILABLE, () -> store.write(BOB, 0, partition("bob's"), null));
        fails(ErrorCodes.CACHE_UNAVAILABLE, () -> leased(store, BOB));

        Files.delete(directory);
        Files.move(elsewhere, directory);
        assertThat(token(store, ADA)).isEqualTo("ada's");
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void everything_filesDeletedByHand_beginsAnew() throws IOException {
        FileTokenStore store =
                Samples.store(directory).maximumStaleness(Duration.ZERO).open();
        write(store, ADA, "ada's");
        long version = store.read(ADA).version();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }

        assertThat(store.read(ADA).isAbsent()).isTrue();
        FileTokenStore second = Samples.store(directory).open();
        write(second, ADA, "ada's new");
        assertThat(token(store, ADA)).isEqualTo("ada's new");
        assertThat(store.read(ADA).version()).isNotEqualTo(version);
    }

    @Test
    void reserve_diskFull_saysSoAndLeavesNothing() throws IOException {
        FailingDisk disk = new FailingDisk();
        FileTokenStore store = Samples.store(directory).disk(disk).open();
        write(store, ADA, "before");
        disk.failWrites(new IOException("No space left on device"));

        try (Lease lease = leased(store, ADA)) {
            fails(ErrorCodes.CACHE_QUOTA_EXCEEDED, lease::reserve);
        }

        assertThat(Samples.files(directory, ADA).room()).doesNotExist();
    }

    @Test
    void reserve_thenDiskFull_theWriteFindsRoom() throws IOException {
        FailingDisk disk = new FailingDisk();
        FileTokenStore store = Samples.store(directory).disk(disk).open();
        write(store, ADA, "before");

        try (Lease lease = leased(store, ADA)) {
            lease.reserve();
            lease.reserve();
            disk.failWrites(new IOException("No space left on device"));
            assertThat(store.write(ADA, store.read(ADA).version(), partition("after"), lease))
                    .isTrue();
        }

        assertThat(token(Samples.store(directory).open(), ADA)).isEqualTo("after");
        assertThat(Samples.files(directory, ADA).room()).doesNotExist();
        assertThat(permissions(Samples.files(directory, ADA).data())).isEqualTo("rw-------");
    }

    @Test
    void reserve_notNeeded_isGivenBackWithTheLease() {
        FileTokenStore store = Samples.store(directory).open();
        try (Lease lease = leased(store, ADA)) {
            lease.reserve();
            assertThat(Samples.files(directory, ADA).room()).exists();
        }
        assertThat(Samples.files(directory, ADA).room()).doesNotExist();
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void reserve_keyAwayOrDirectoryMoved_saysSo() throws IOException {
        write(Samples.store(directory).open(), BOB, "bob's");
        Path key = directory.resolve("keys");
        FileTokenStore store = Samples.store(directory).open();
        try (Lease lease = leased(store, ADA)) {
            Files.move(key, parent.resolve("keys"));
            fails(ErrorCodes.CACHE_KEY_UNAVAILABLE, lease::reserve);
            fails(ErrorCodes.CACHE_KEY_UNAVAILABLE, store::requireWritable);
            Files.move(parent.resolve("keys"), key);
            lease.reserve();
            store.requireWritable();
            try (Stream<Path> files = Files.list(directory)) {
                assertThat(files).noneMatch(file -> name(file).endsWith(".probe"));
            }
            Files.move(directory, parent.resolve("elsewhere"));
            fails(ErrorCodes.CACHE_UNAVAILABLE, store::requireWritable);
        }
    }

    /** Whatever step was the last before the lights went out: the old or the new is there, whole, and work goes on. */
    @Test
    void write_powerFailsAtEachStep_leavesTheOldOrTheNew() throws IOException {
        boolean survived = false;
        for (int steps = 0; !survived; steps++) {
            Path place = parent.resolve("power-" + steps);
            write(Samples.store(place).open(), ADA, "old");
            FailingDisk disk = new FailingDisk().powerOffAfter(steps);
            FileTokenStore victim = Samples.store(place).disk(disk).open();
            try {
                victim.write(ADA, victim.read(ADA).version(), partition("new"), null);
                survived = !disk.isOff();
            } catch (RuntimeException e) {
                assertThat(disk.isOff()).as("failed by itself: %s", e).isTrue();
            }
            FileTokenStore next = Samples.store(place).open();
            assertThat(token(next, ADA)).isIn("old", "new");
            write(next, ADA, "newest");
            assertThat(token(Samples.store(place).open(), ADA)).isEqualTo("newest");
            assertThat(steps).isLessThan(50);
        }
    }

    @Test
    void delete_powerFailsAtEachStep_versionsNeverComeAgain() {
        boolean survived = false;
        for (int steps = 0; !survived; steps++) {
            Path place = parent.resolve("power-" + steps);
            FileTokenStore first = Samples.store(place).open();
            write(first, ADA, "old");
            long version = first.read(ADA).version();
            FailingDisk disk = new FailingDisk().powerOffAfter(steps);
            try {
                Samples.store(place).disk(disk).open().delete(ADA, version);
                survived = !disk.isOff();
            } catch (RuntimeException e) {
                assertThat(disk.isOff()).as("failed by itself: %s", e).isTrue();
            }
            FileTokenStore next = Samples.store(place).open();
            assertThat(token(next, ADA)).isIn("old", "");
            write(next, ADA, "newest");
            assertThat(next.read(ADA).version()).isGreaterThan(version);
        }
    }

    @Test
    void files_ofAccountsThatAreGone_goToo() throws IOException {
        FileTokenStore store = Samples.store(directory).open();
        write(store, ADA, "ada's");
        for (int i = 0; i < 20; i++) {
            PartitionKey key = PartitionKey.user("login.example", "somebody" + i);
            write(store, key, "x");
            try (Lease lease = leased(store, key)) {
                assertThat(store.delete(key, store.read(key).version())).isTrue();
                assertThat(lease.isHeld()).isTrue();
            }
            write(store, key, "y");
            assertThat(store.delete(key, store.read(key).version())).isTrue();
            leased(store, key).close();
            leased(store, PartitionKey.user("login.example", "nobody" + i)).close();
        }

        try (Stream<Path> files = Files.list(directory)) {
            assertThat(files.map(file -> String.valueOf(file.getFileName())))
                    .containsExactlyInAnyOrder(
                            "keys",
                            "locks",
                            "gone",
                            name(Samples.files(directory, ADA).data()),
                            name(Samples.files(directory, ADA).state()));
        }
    }

    @Test
    void sweep_numbersLeftByACrash_goUnlessSomebodyHoldsTheLease() throws IOException {
        FileTokenStore store = Samples.store(directory).open();
        write(store, ADA, "ada's");
        Files.delete(Samples.files(directory, ADA).data());
        try (Lease lease = leased(store, ADA)) {
            store.sweep(Instant.EPOCH);
            assertThat(Samples.files(directory, ADA).state()).exists();
            assertThat(lease.isHeld()).isTrue();
            write(store, ADA, "ada's");
            Files.delete(Samples.files(directory, ADA).data());
        }
        write(store, ADA, "ada's");
        Files.delete(Samples.files(directory, ADA).data());

        store.sweep(Instant.EPOCH);

        assertThat(Samples.files(directory, ADA).state()).doesNotExist();
    }

    private static String name(Path file) {
        return String.valueOf(file.getFileName());
    }

    private static String permissions(Path path) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }
}
