package dev.latchkey.store.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileDescriptor;
import java.io.IOException;
import java.io.SyncFailedException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is on the disk when, so that a machine that loses power at any moment finds the old or the new. */
@DisabledOnOs(value = OS.WINDOWS, disabledReason = "directories are not written through there")
class DiskTest {
    private static final byte[] NEW = "new".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    Path parent;

    private Path directory;
    private Path data;
    private Path other;
    private RecordingDisk disk;

    @BeforeEach
    void make() throws IOException {
        directory = Files.createDirectory(parent.resolve("tokens"));
        data = Files.writeString(directory.resolve("data"), "old");
        other = directory.resolve("other");
        disk = new RecordingDisk().watching(data);
    }

    @Test
    void replace_aFile_contentIsWrittenThroughBeforeItsNameAndThenTheName() throws IOException {
        Files.writeString(other, "left by a crash");

        disk.replace(data, other, NEW);

        assertThat(disk.steps).containsExactly("file other, data holds old", "directory tokens, data holds new");
        assertThat(other).doesNotExist();
        assertOwnerOnly(data);
    }

    @Test
    void replaceUsing_roomLongerThanTheContent_isCutAndWrittenThroughBeforeTheName() throws IOException {
        disk.setAside(other, 100);

        disk.replaceUsing(other, data, NEW);

        assertThat(disk.steps).containsExactly("file other, data holds old", "directory tokens, data holds new");
        assertOwnerOnly(data);
    }

    @Test
    void replaceUsing_roomGone_isMadeForTheOwnerAlone() throws IOException {
        disk.replaceUsing(other, data, NEW);

        assertThat(data).hasBinaryContent(NEW);
        assertOwnerOnly(data);
    }

    @Test
    void sync_beforeTheName_findsTheWholeContent() throws IOException {
        disk.watching(other).replace(data, other, NEW);

        assertThat(disk.steps).first().isEqualTo("file other, other holds new");
    }

    @Test
    void moveAndDelete_aFile_areWrittenThrough() throws IOException {
        disk.move(data, other);
        assertThat(disk.steps).containsExactly("directory tokens, data holds nothing");
        disk.steps.clear();
        Files.writeString(data, "again");

        disk.delete(data);

        assertThat(disk.steps).containsExactly("directory tokens, data holds nothing");
    }

    @Test
    void patch_durablyOrNot_isWrittenThroughOrNot() throws IOException {
        disk.patch(data, 1, new byte[] {'x'}, false);
        assertThat(disk.steps).isEmpty();

        disk.patch(data, 2, new byte[] {'y'}, true);

        assertThat(disk.steps).containsExactly("file data, data holds oxy");
    }

    @Test
    void patch_noFileYet_isMadeForTheOwnerAlone() throws IOException {
        disk.patch(other, 2, NEW, false);

        assertThat(other).hasBinaryContent(new byte[] {0, 0, 'n', 'e', 'w'});
        assertOwnerOnly(other);
    }

    /** A file system may keep no room for zeros. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 8191, 8192, 8193, 20_000})
    void setAside_aLength_takesSoMuchWithoutZeros(int length) throws IOException {
        Files.writeString(other, "left by a crash");

        disk.setAside(other, length);

        byte[] room = Files.readAllBytes(other);
        assertThat(room).hasSize(length).doesNotContain(0);
        assertOwnerOnly(other);
    }

    @Test
    void read_upToALimit_givesTheStartAndNullIfThereIsNoFile() throws IOException {
        assertThat(disk.read(data, 2)).isEqualTo(new byte[] {'o', 'l'});
        assertThat(disk.read(data, 10)).isEqualTo(new byte[] {'o', 'l', 'd'});
        assertThat(disk.read(other, 10)).isNull();
    }

    @Test
    void move_threadInterruptedBeforeOrMeanwhile_isWrittenThroughAndTheThreadStaysInterrupted() throws IOException {
        int[] tries = new int[1];
        Disk interrupted = new Disk() {
            @Override
            void sync(Path synced, FileChannel channel) throws IOException {
                if (++tries[0] == 1) {
                    Thread.currentThread().interrupt();
                }
                super.sync(synced, channel);
            }
        };

        interrupted.move(data, other);
        assertThat(tries[0]).as("once in vain, once to the end").isEqualTo(2);
        assertThat(Thread.interrupted()).isTrue();

        Thread.currentThread().interrupt();
        disk.move(other, data);
        assertThat(Thread.interrupted()).isTrue();
        disk.move(data, other);
        assertThat(Thread.interrupted()).as("not by itself").isFalse();
    }

    /** That nothing can be synced there shows that it is tried. */
    @Test
    void sync_descriptorOrChannelClosed_fails() throws IOException {
        assertThatThrownBy(() -> new Disk().sync(data, new FileDescriptor())).isInstanceOf(SyncFailedException.class);

        FileChannel closed = FileChannel.open(data, StandardOpenOption.READ);
        closed.close();
        assertThatThrownBy(() -> new Disk().sync(directory, closed)).isInstanceOf(ClosedChannelException.class);
    }

    private static void assertOwnerOnly(Path file) throws IOException {
        assertThat(Files.getPosixFilePermissions(file)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }
}
