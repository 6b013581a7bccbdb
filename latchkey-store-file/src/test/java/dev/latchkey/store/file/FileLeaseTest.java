package dev.latchkey.store.file;

import static dev.latchkey.store.file.Samples.ADA;
import static dev.latchkey.store.file.Samples.BOB;
import static dev.latchkey.store.file.Samples.currentToken;
import static dev.latchkey.store.file.Samples.fails;
import static dev.latchkey.store.file.Samples.leased;
import static dev.latchkey.store.file.Samples.partition;
import static dev.latchkey.store.file.Samples.token;
import static dev.latchkey.store.file.Samples.write;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.Scopes;
import dev.latchkey.core.Secret;
import dev.latchkey.core.account.PartitionKey;
import dev.latchkey.core.cache.AccessTokenEntry;
import dev.latchkey.core.cache.Partition;
import dev.latchkey.core.cache.TokenRecord;
import dev.latchkey.core.error.ErrorCodes;
import dev.latchkey.store.Lease;
import dev.latchkey.store.encryption.RecordHeader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What leases of the file store do beyond the contract. */
class FileLeaseTest {
    @TempDir
    Path directory;

    @BeforeEach
    void name() {
        directory = directory.resolve("tokens");
    }

    @Test
    void tryLease_heldByAnotherProcess_isNotWaitedFor() {
        ManualPause pause = new ManualPause();
        FailingDisk disk = new FailingDisk();
        FileTokenStore store = Samples.store(directory).disk(disk).pause(pause).open();
        disk.busy();

        assertThat(store.tryLease(ADA, Duration.ofMinutes(2))).isNull();

        assertThat(pause.pauses()).isZero();
    }

    @Test
    void write_anotherProcessHangsInItsWrite_waitIsBounded() {
        ManualPause pause = new ManualPause();
        FailingDisk disk = new FailingDisk();
        FileTokenStore store = Samples.store(directory).disk(disk).pause(pause).open();
        disk.busy();

        fails(ErrorCodes.CACHE_UNAVAILABLE, () -> store.write(ADA, 0, partition("a"), null));
    }

    /** As where a file system forgets its locks: two believe that they hold the lease, the later one is right. */
    @Test
    @DisabledOnOs(OS.WINDOWS)
    void write_lockWasForgottenAndGivenToAnother_isLost() throws Exception {
        FileTokenStore store = Samples.store(directory).open();
        Lease first = leased(store, ADA);
        Files.delete(directory.resolve("locks"));
        FileTokenStore second = Samples.store(directory).open();
        try (Lease later = leased(second, ADA)) {
            assertThat(later.fence()).isGreaterThan(first.fence());
            assertThat(first.isHeld()).as("it cannot know yet").isTrue();

            assertThat(store.write(ADA, 0, partition("first's"), first)).isFalse();

            assertThat(first.isHeld()).isFalse();
            assertThat(second.read(ADA).isAbsent()).isTrue();
            assertThat(second.write(ADA, 0, partition("later's"), later)).isTrue();
        }
        first.close();
    }

    @Test
    void write_byAnInterruptedThread_isStoredAndTheThreadStaysInterrupted() {
        FileTokenStore store = Samples.store(directory).open();
        try (Lease lease = leased(store, ADA)) {
            Thread.currentThread().interrupt();
            assertThat(store.write(ADA, 0, partition("precious"), lease)).isTrue();
            assertThat(Thread.interrupted()).isTrue();
        }
        try (Lease lease = leased(store, ADA)) {
            assertThat(lease.isHeld()).as("locks outlive an interrupt").isTrue();
            assertThat(token(store, ADA)).isEqualTo("precious");
        }
    }

    @Test
    void read_withinTheStaleness_comparesWithTheFileEachTime() {
        FailingDisk disk = new FailingDisk();
        FileTokenStore store = Samples.store(directory)
                .disk(disk)
                .maximumStaleness(Duration.ofHours(1))
                .open();
        FileTokenStore other = Samples.store(directory).open();
        write(store, ADA, "1");
        write(other, ADA, "2");
        assertThat(token(store, ADA)).as("a copy will do").isEqualTo("1");
        assertThat(currentToken(store, ADA)).isEqualTo("2");
        write(other, ADA, "3");
        assertThat(currentToken(store, ADA)).isEqualTo("3");
    }

    @Test
    void peek_withinTheStaleness_touchesNoDiskAndAfterItTheHeaderOnly() {
        FailingDisk disk = new FailingDisk();
        ManualPause pause = new ManualPause();
        FileTokenStore store = Samples.store(directory).disk(disk).pause(pause).open();
        FileTokenStore other = Samples.store(directory).open();
        write(store, ADA, "1");
        disk.reads.set(0);

        for (int i = 0; i < 1000; i++) {
            assertThat(token(store, ADA)).isEqualTo("1");
        }
        assertThat(disk.reads).hasValue(0);

        pause.advance(Duration.ofMillis(251));
        disk.bytesRead.set(0);
        assertThat(token(store, ADA)).isEqualTo("1");
        assertThat(token(store, ADA)).isEqualTo("1");
        assertThat(disk.reads).hasValue(1);
        assertThat(disk.bytesRead).hasValue(RecordHeader.LENGTH);

        write(other, ADA, "2");
        assertThat(token(store, ADA)).as("until the staleness is over").isEqualTo("1");
        pause.advance(Duration.ofMillis(251));
        assertThat(token(store, ADA)).isEqualTo("2");
    }

    @Test
    void read_moreThanFitInMemory_staysRight() {
        FileTokenStore store = Samples.store(directory).maximumInMemory(1).open();
        write(store, ADA, "ada's");
        write(store, BOB, "bob's");
        for (int i = 0; i < 5; i++) {
            assertThat(token(store, ADA)).isEqualTo("ada's");
            assertThat(token(store, BOB)).isEqualTo("bob's");
        }
        FileTokenStore without = Samples.store(directory).maximumInMemory(0).open();
        assertThat(token(without, ADA)).isEqualTo("ada's");
    }

    @Test
    void sweep_expiredAndUsable_dropsWhatGetsNoTokenAnyMore() {
        FileTokenStore store = Samples.store(directory).open();
        PartitionKey application = PartitionKey.applicationTokens("login.example", "app");
        AccessTokenEntry token = AccessTokenEntry.builder("app", "t1", Scopes.of("a"), Secret.of("secret"))
                .valid(Instant.EPOCH, Instant.EPOCH.plusSeconds(60))
                .build();
        Partition partition = Partition.EMPTY.save(new TokenRecord(null, null, token, null, null), Instant.EPOCH);
        assertThat(store.write(application, 0, partition, null)).isTrue();
        write(store, ADA, "ada's");

        store.sweep(Instant.EPOCH.plusSeconds(59));
        assertThat(store.list()).containsExactlyInAnyOrder(ADA, application);

        store.sweep(Instant.EPOCH.plusSeconds(60));
        assertThat(store.list()).containsExactly(ADA);
        assertThat(token(store, ADA)).isEqualTo("ada's");
    }

    @Test
    void numbers_oneSlotTorn_theOtherCounts() throws Exception {
        Disk disk = new Disk();
        Files.createDirectories(directory);
        Path file = directory.resolve("numbers");
        SecureRandom random = new SecureRandom();
        Numbers numbers = Numbers.startingAbove(null, random);
        for (int i = 0; i < 5; i++) {
            Numbers next = i % 2 == 0 ? numbers.withNextFence() : numbers.withNextVersion(0);
            byte[] before = Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
            next.write(disk, file, false);
            assertThat(Numbers.read(disk, file)).isEqualTo(next);

            byte[] torn = Files.readAllBytes(file);
            torn[next.slot() * 24 + 9 + i] ^= 0x55;
            Files.write(file, torn);
            if (before.length > 24) {
                assertThat(Numbers.read(disk, file)).isEqualTo(numbers);
            }
            next.write(disk, file, false);
            numbers = next;
        }
    }
}
