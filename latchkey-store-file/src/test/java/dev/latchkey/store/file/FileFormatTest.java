package dev.latchkey.store.file;

import static dev.latchkey.store.file.Samples.ADA;
import static dev.latchkey.store.file.Samples.partition;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What files of a released version look like: they have to stay readable. */
class FileFormatTest {
    private static final EncryptionKey KEY = EncryptionKey.of(
            HexFormat.of().parseHex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"));
    private static final String SALT = "202122232425262728292a2b2c2d2e2f303132333435363738393a3b3c3d3e3f";
    private static final byte[] NAME = {1, 2, 3};

    /** Computed with other implementations of HKDF and GCM. */
    private static final String FILE = "4c415443484b45590000000171c087612b96df660000000000000007" + SALT
            + "4e2fd0105692680d83ed6b924cc115d790d43e92a5ecc848f5dff0";

    private static final byte[] CONTENT = "content".getBytes(StandardCharsets.US_ASCII);

    @Test
    void envelope_ofFormat1_isWrittenAndOpened() throws Exception {
        FileHeader header = FileHeader.of(KEY.id(), 7, HexFormat.of().parseHex(SALT));
        byte[] file = HexFormat.of().parseHex(FILE);

        assertThat(Envelope.seal(KEY, header, NAME, CONTENT)).isEqualTo(file);
        assertThat(Envelope.open(KEY, FileHeader.parse(file), NAME, file)).isEqualTo(CONTENT);
    }

    /** It stands in each file in the clear: a digest, none of the key's own bytes. */
    @Test
    void keyId_ofAKey_isPartOfADigestOfIt() {
        assertThat(Long.toHexString(KEY.id())).isEqualTo("71c087612b96df66");
    }

    @Test
    void keys_thatDifferInOneBit_areNotEqualAndHashApart() {
        byte[] bytes = KEY.reveal();
        bytes[31] ^= 1;
        EncryptionKey other = EncryptionKey.of(bytes);

        assertThat(KEY).isEqualTo(EncryptionKey.of(KEY.reveal())).isNotEqualTo(other);
        assertThat(KEY.equals((Object) "a key")).isFalse();
        assertThat(KEY.hashCode())
                .isEqualTo(EncryptionKey.of(KEY.reveal()).hashCode())
                .isNotEqualTo(other.hashCode());
    }

    @Test
    void header_ofOneFile_equalsItselfOnly() {
        FileHeader header = FileHeader.of(1, 7, new byte[FileHeader.SALT_LENGTH]);

        assertThat(header).isEqualTo(FileHeader.of(1, 7, new byte[FileHeader.SALT_LENGTH]));
        assertThat(header)
                .hasSameHashCodeAs(FileHeader.of(1, 7, new byte[FileHeader.SALT_LENGTH]))
                .isNotEqualTo(FileHeader.of(1, 8, new byte[FileHeader.SALT_LENGTH]))
                .isNotEqualTo(FileHeader.of(1, 7, HexFormat.of().parseHex(SALT)));
        assertThat(header.hashCode())
                .isNotEqualTo(
                        FileHeader.of(1, 8, new byte[FileHeader.SALT_LENGTH]).hashCode());
        assertThat(header).hasToString("version 7 under key 1");
    }

    @ParameterizedTest
    @CsvSource({"1, 1, true", "1, 0, false", "1, -1, false", "0, 1, false", "-1, 1, false"})
    void header_ofFormatAndVersion_isReadIfItMakesSense(int format, long version, boolean read) throws Exception {
        byte[] bytes =
                FileHeader.of(1, version, new byte[FileHeader.SALT_LENGTH]).bytes();
        CRC32 crc = new CRC32();
        crc.update(ByteBuffer.wrap(bytes).putInt(8, format).array(), 0, 60);
        ByteBuffer.wrap(bytes).putInt(60, (int) crc.getValue());

        if (read) {
            assertThat(FileHeader.parse(bytes).version()).isEqualTo(version);
        } else {
            assertThatThrownBy(() -> FileHeader.parse(bytes))
                    .isInstanceOf(CorruptFileException.class)
                    .hasMessageContaining("makes no sense");
        }
    }

    @Test
    void content_endsWithItsKey_saysWhoseItIsAndHoldsNoPartition() throws Exception {
        byte[] whole = Content.encode(ADA, partition("secret"));
        byte[] keyOnly = Arrays.copyOf(whole, Integer.BYTES + ADA.value().length());

        assertThat(Content.key(keyOnly)).isEqualTo(ADA);
        assertThatThrownBy(() -> Content.partition(ADA, keyOnly)).isInstanceOf(CorruptFileException.class);
    }

    /** Two bytes of the lock file for each partition, all below those that are the directory's. */
    @ParameterizedTest
    @CsvSource({
        // first byte of the digest, all others too; places of lease and write lock
        "00, 0, 1",
        "01, 72340172838076672, 72340172838076673",
        "ff, 4611686018427387902, 4611686018427387903",
    })
    void lockPositions_ofADigest_areAPairOfItsOwn(String digit, long lease, long write) {
        Path file = Path.of(digit.repeat(32) + ".partition");
        PartitionFiles files = PartitionFiles.ofData(Path.of("tokens"), file);

        assertThat(files).isNotNull();
        assertThat(files.leasePosition()).isEqualTo(lease);
        assertThat(files.writePosition()).isEqualTo(write).isLessThan(1L << 62);
    }
}
