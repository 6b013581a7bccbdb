package dev.latchkey.store.file;

import static dev.latchkey.store.file.Samples.ADA;
import static dev.latchkey.store.file.Samples.BOB;
import static dev.latchkey.store.file.Samples.fails;
import static dev.latchkey.store.file.Samples.leased;
import static dev.latchkey.store.file.Samples.partition;
import static dev.latchkey.store.file.Samples.token;
import static dev.latchkey.store.file.Samples.write;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.error.ErrorCodes;
import dev.latchkey.store.Lease;
import dev.latchkey.store.StoredPartition;
import dev.latchkey.store.encryption.EncryptionKey;
import dev.latchkey.store.encryption.PartitionSealer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files, copies in memory and locks brought together: what is written when, and what stays. */
class PartitionsTest {
    @TempDir
    Path directory;

    private PartitionFiles files;

    @BeforeEach
    void name() {
        directory = directory.resolve("tokens");
        files = PartitionFiles.of(directory, ADA);
    }

    /** Key and nonce of a file come of its salt: the same salt twice gives its content away. */
    @Test
    void write_sameContentAgain_isUnderASaltThatWasNeverUsed() throws Exception {
        FileTokenStore store = Samples.store(directory).open();
        Set<String> salts = new HashSet<>();
        salts.add(Arrays.toString(new byte[32]));

        for (int i = 1; i <= 4; i++) {
            write(store, ADA, "the same");
            write(store, BOB, "the same");
            assertThat(salts.add(saltOf(files))).isTrue();
            assertThat(salts.add(saltOf(PartitionFiles.of(directory, BOB)))).isTrue();
        }
    }

    @Test
    void write_withoutRoomOrInIt_isWrittenThroughOnceAndRoomIsUsedOnce() {
        RecordingDisk disk = new RecordingDisk();
        FileTokenStore store = Samples.store(directory).disk(disk).open();
        write(store, ADA, "first");
        try (Lease lease = leased(store, ADA)) {
            disk.steps.clear();
            assertThat(store.write(ADA, store.read(ADA).version(), partition("1"), lease))
                    .isTrue();
            lease.reserve();
            assertThat(store.write(ADA, store.read(ADA).version(), partition("2"), lease))
                    .isTrue();
            assertThat(store.write(ADA, store.read(ADA).version(), partition("3"), lease))
                    .isTrue();
        }

        assertThat(disk.steps)
                .containsExactly(
                        "file " + files.temporary().getFileName(),
                        "directory tokens",
                        "file " + files.room().getFileName(),
                        "directory tokens",
                        "file " + files.temporary().getFileName(),
                        "directory tokens");
    }

    @Test
    void write_roomCannotBeUsed_saysSoGivesItBackAndKeepsWhatWasThere() {
        FailingDisk disk = new FailingDisk().failRooms();
        FileTokenStore store = Samples.store(directory).disk(disk).open();
        write(store, ADA, "before");
        long version = store.read(ADA).version();
        try (Lease lease = leased(store, ADA)) {
            lease.reserve();
            fails(ErrorCodes.CACHE_QUOTA_EXCEEDED, () -> store.write(ADA, version, partition("after"), lease));

            assertThat(files.room()).doesNotExist();
            assertThat(token(store, ADA)).isEqualTo("before");
            assertThat(store.write(ADA, version, partition("after"), lease)).isTrue();
        }
        assertThat(token(store, ADA)).isEqualTo("after");
    }

    @Test
    void delete_whileSomebodyHoldsTheLease_theLastVersionIsWrittenThroughBeforeTheFileGoes() throws IOException {
        RecordingDisk disk = new RecordingDisk();
        FileTokenStore store = Samples.store(directory).disk(disk).open();
        write(store, ADA, "ada's");
        long version = store.read(ADA).version();
        Lease lease = leased(store, ADA);
        disk.steps.clear();

        assertThat(store.delete(ADA, version)).isTrue();

        assertThat(disk.steps).containsExactly("file " + files.state().getFileName(), "directory tokens");
        assertThat(Numbers.read(disk, files.state()))
                .satisfies(numbers -> assertThat(numbers.version()).isGreaterThanOrEqualTo(version));
        assertThat(lease.isHeld()).isTrue();
        lease.close();
        assertThat(files.state()).doesNotExist();
    }

    @Test
    void delete_nobodyHoldsTheLease_numbersAreWrittenThroughFirstAndTheLeaseIsFreeAfterwards() {
        RecordingDisk disk = new RecordingDisk();
        FileTokenStore store = Samples.store(directory).disk(disk).open();
        write(store, ADA, "ada's");
        disk.steps.clear();

        assertThat(store.delete(ADA, store.read(ADA).version())).isTrue();

        assertThat(disk.steps).containsExactly("file gone", "directory tokens");
        assertThat(files.state()).doesNotExist();
        leased(store, ADA).close();
    }

    /** Who signs out must be able to, and versions must not come again all the same. */
    @Test
    void delete_noSpaceToNoteWhatIsGone_isNotedInTheFileThatIsThere() throws IOException {
        FailingDisk disk = new FailingDisk();
        FileTokenStore store = Samples.store(directory).disk(disk).open();
        write(store, ADA, "ada's");
        long version = store.read(ADA).version();
        // Lost: then its version is nowhere but in the file that goes.
        Files.delete(files.state());
        disk.failPatchesOf("gone");

        assertThat(store.delete(ADA, version)).isTrue();

        assertThat(files.data()).doesNotExist();
        assertThat(files.state()).exists();
        disk.failPatchesOf(null);
        write(store, ADA, "new");
        assertThat(store.read(ADA).version()).isGreaterThan(version);
    }

    /** Numbers are forgotten with their partition only. */
    @Test
    void numbers_whileThereIsAPartition_stayThroughLeaseAndSweep() {
        FileTokenStore store = Samples.store(directory).open();
        write(store, ADA, "ada's");

        leased(store, ADA).close();
        store.sweep(Instant.EPOCH);

        assertThat(files.state()).exists();
        assertThat(directory.resolve("gone")).doesNotExist();
    }

    @Test
    void lease_numberCannotBeWritten_isGivenBack() {
        FailingDisk disk = new FailingDisk();
        FileTokenStore store = Samples.store(directory)
                .disk(disk)
                .maximumStaleness(Duration.ofHours(1))
                .open();
        write(store, ADA, "ada's");
        disk.failPatchesOf(String.valueOf(files.state().getFileName()));

        fails(ErrorCodes.CACHE_QUOTA_EXCEEDED, () -> leased(store, ADA));

        disk.failPatchesOf(null);
        assertAnsweredFromMemory(store, disk);
        leased(store, ADA).close();
        assertAnsweredFromMemory(store, disk);
    }

    @Test
    void read_damagedBefore_saysOnceWhyThereIsNothing() throws IOException {
        FileTokenStore first = Samples.store(directory).open();
        write(first, ADA, "ada's");
        Files.write(files.data(), new byte[10]);
        FileTokenStore damaged = Samples.store(directory).open();
        fails(ErrorCodes.CACHE_CORRUPT, () -> damaged.read(ADA));

        FileTokenStore store =
                Samples.store(directory).maximumStaleness(Duration.ZERO).open();
        assertThat(saidOnReading(store))
                .contains("has to sign in again", files.corrupt().toString());
        assertThat(saidOnReading(store)).doesNotContain("sign in again");
        write(store, BOB, "bob's");
        try (CapturedLog log = new CapturedLog()) {
            assertThat(token(Samples.store(directory).open(), BOB)).isEqualTo("bob's");
            assertThat(log.text()).doesNotContain("sign in again");
        }
    }

    /** Even whoever has the key does not make one person's file another's. */
    @Test
    void list_fileThatHoldsAnotherNameThanItsOwn_isDamage() throws IOException {
        EncryptionKey key = EncryptionKey.of(new byte[EncryptionKey.LENGTH]);
        FileTokenStore store =
                FileTokenStore.builder(directory).keySource(() -> List.of(key)).open();
        PartitionSealer sealer = new PartitionSealer(() -> List.of(key), new SecureRandom());
        StoredPartition ofBob = StoredPartition.of(7, partition("bob's"));
        Files.write(files.data(), sealer.seal(BOB, files.digest(), ofBob).bytes());

        fails(ErrorCodes.CACHE_CORRUPT, store::list);

        assertThat(files.corrupt()).exists();
        assertThat(store.list()).isEmpty();
    }

    private static String saidOnReading(FileTokenStore store) {
        try (CapturedLog log = new CapturedLog()) {
            assertThat(store.read(ADA).isAbsent()).isTrue();
            return log.text();
        }
    }

    private static void assertAnsweredFromMemory(FileTokenStore store, FailingDisk disk) {
        assertThat(token(store, ADA)).isEqualTo("ada's");
        disk.reads.set(0);
        assertThat(token(store, ADA)).isEqualTo("ada's");
        assertThat(disk.reads).hasValue(0);
    }

    private static String saltOf(PartitionFiles files) throws Exception {
        return Arrays.toString(Arrays.copyOfRange(Files.readAllBytes(files.data()), 28, 60));
    }
}
