package dev.latchkey.store.file;

import static dev.latchkey.store.file.Samples.ADA;
import static dev.latchkey.store.file.Samples.BOB;
import static dev.latchkey.store.file.Samples.fails;
import static dev.latchkey.store.file.Samples.partition;
import static dev.latchkey.store.file.Samples.token;
import static dev.latchkey.store.file.Samples.write;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.error.CacheException;
import dev.latchkey.core.error.ErrorCodes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.zip.CRC32;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that are not what was written. */
class DamagedFileTest {
    @TempDir
    Path directory;

    private FileTokenStore store;
    private PartitionFiles files;
    private byte[] whole;

    @BeforeEach
    void storeTwo() throws IOException {
        directory = directory.resolve("tokens");
        store = Samples.store(directory).open();
        write(store, ADA, "ada's");
        write(store, BOB, "bob's");
        store = inAnotherProcess();
        files = PartitionFiles.of(directory, ADA);
        whole = Files.readAllBytes(files.data());
    }

    @Test
    void read_damagedFile_failsOnceSetsItAsideAndHarmsNobodyElse() throws IOException {
        byte[] damaged = flipped(whole, whole.length / 2, 1);
        Files.write(files.data(), damaged);

        CacheException e = fails(ErrorCodes.CACHE_CORRUPT, () -> store.read(ADA));

        assertThat(e).hasMessageContaining(files.corrupt().toString()).hasMessageContaining("sign in again");
        assertThat(files.corrupt()).hasBinaryContent(damaged);
        assertThat(token(store, BOB)).isEqualTo("bob's");
        assertThat(store.list()).containsExactly(BOB);
        assertThat(store.read(ADA).isAbsent()).isTrue();
    }

    @Test
    void write_afterDamage_beginsAnewUnderANewVersionAndSignOutLeavesNothing() throws IOException {
        long before = inAnotherProcess().read(ADA).version();
        Files.write(files.data(), new byte[0]);
        fails(ErrorCodes.CACHE_CORRUPT, () -> store.read(ADA));

        write(store, ADA, "ada's new");

        assertThat(token(store, ADA)).isEqualTo("ada's new");
        assertThat(store.read(ADA).version()).isNotEqualTo(before);
        assertThat(store.delete(ADA, store.read(ADA).version())).isTrue();
        assertThat(files.corrupt()).doesNotExist();
        assertThat(files.data()).doesNotExist();
    }

    @Test
    void writeAndDelete_overDamage_failAndSetItAside() throws IOException {
        long version = inAnotherProcess().read(ADA).version();
        Files.write(files.data(), Arrays.copyOf(whole, 10));
        fails(ErrorCodes.CACHE_CORRUPT, () -> store.write(ADA, version, partition("next"), null));
        assertThat(files.corrupt()).exists();

        Files.write(files.data(), flipped(whole, 3, 1));
        fails(ErrorCodes.CACHE_CORRUPT, () -> store.delete(ADA, version));
    }

    @Test
    void list_damagedFileOfAnUnknownAccount_failsOnce() throws IOException {
        Files.write(files.data(), flipped(whole, whole.length - 1, 0x80));
        FileTokenStore second = Samples.store(directory).open();

        fails(ErrorCodes.CACHE_CORRUPT, second::list);

        assertThat(second.list()).containsExactly(BOB);
    }

    @Test
    void read_fileOfSomebodyElseInItsPlace_isDamage() throws IOException {
        Files.copy(
                PartitionFiles.of(directory, BOB).data(),
                files.data(),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);

        fails(ErrorCodes.CACHE_CORRUPT, () -> store.read(ADA));
    }

    @Test
    void read_cutOffInManyPlaces_alwaysFails() throws IOException {
        for (int length = 0; length < whole.length; length += 7) {
            Files.write(files.data(), Arrays.copyOf(whole, length));
            fails(ErrorCodes.CACHE_CORRUPT, () -> inAnotherProcess().read(ADA));
        }
        Files.write(files.data(), whole);
        assertThat(token(inAnotherProcess(), ADA)).isEqualTo("ada's");
    }

    @Test
    void read_damagedWhileAGoodCopyIsInMemory_givesTheCopy() throws IOException {
        assertThat(token(store, ADA)).isEqualTo("ada's");
        Files.write(files.data(), flipped(whole, whole.length - 1, 1));
        assertThat(token(store, ADA)).isEqualTo("ada's");
    }

    @Test
    void newerFormat_readOrWritten_saysSoAndStays() throws IOException {
        byte[] newer = whole.clone();
        ByteBuffer.wrap(newer).putInt(8, 2).putInt(60, checksum(newer, 2));
        Files.write(files.data(), newer);

        CacheException e = fails(ErrorCodes.CACHE_NEWER_FORMAT, () -> store.read(ADA));
        assertThat(e).hasMessageContaining("update the library");
        fails(ErrorCodes.CACHE_NEWER_FORMAT, () -> store.write(ADA, 0, partition("mine"), null));
        fails(ErrorCodes.CACHE_NEWER_FORMAT, () -> store.delete(ADA, 1));

        assertThat(files.data()).hasBinaryContent(newer);
        assertThat(files.corrupt()).doesNotExist();
        assertThat(token(store, BOB)).isEqualTo("bob's");
    }

    private FileTokenStore inAnotherProcess() {
        return Samples.store(directory).maximumStaleness(Duration.ZERO).open();
    }

    private static byte[] flipped(byte[] bytes, int at, int mask) {
        byte[] copy = bytes.clone();
        copy[at] ^= (byte) mask;
        return copy;
    }

    private static int checksum(byte[] header, int format) {
        byte[] start = Arrays.copyOf(header, 60);
        ByteBuffer.wrap(start).putInt(8, format);
        CRC32 crc = new CRC32();
        crc.update(start);
        return (int) crc.getValue();
    }
}
