package dev.latchkey.store.encryption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.core.Secret;
import dev.latchkey.core.account.PartitionKey;
import dev.latchkey.core.cache.Partition;
import dev.latchkey.core.cache.RefreshTokenEntry;
import dev.latchkey.core.cache.TokenRecord;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What records of a released version look like: they have to stay readable. */
class RecordFormatTest {
    private static final PartitionKey ADA = PartitionKey.user("login.example", "ada.t1");
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
        RecordHeader header = RecordHeader.of(KEY.id(), 7, HexFormat.of().parseHex(SALT));
        byte[] file = HexFormat.of().parseHex(FILE);

        assertThat(Envelope.seal(KEY, header, NAME, CONTENT)).isEqualTo(file);
        assertThat(Envelope.open(KEY, RecordHeader.parse(file), NAME, file)).isEqualTo(CONTENT);
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
        RecordHeader header = RecordHeader.of(1, 7, new byte[RecordHeader.SALT_LENGTH]);

        assertThat(header).isEqualTo(RecordHeader.of(1, 7, new byte[RecordHeader.SALT_LENGTH]));
        assertThat(header)
                .hasSameHashCodeAs(RecordHeader.of(1, 7, new byte[RecordHeader.SALT_LENGTH]))
                .isNotEqualTo(RecordHeader.of(1, 8, new byte[RecordHeader.SALT_LENGTH]))
                .isNotEqualTo(RecordHeader.of(1, 7, HexFormat.of().parseHex(SALT)));
        assertThat(header.hashCode())
                .isNotEqualTo(RecordHeader.of(1, 8, new byte[RecordHeader.SALT_LENGTH])
                        .hashCode());
        assertThat(header).hasToString("version 7 under key 1");
    }

    @ParameterizedTest
    @CsvSource({"1, 1, true", "1, 0, false", "1, -1, false", "0, 1, false", "-1, 1, false"})
    void header_ofFormatAndVersion_isReadIfItMakesSense(int format, long version, boolean read) throws Exception {
        byte[] bytes =
                RecordHeader.of(1, version, new byte[RecordHeader.SALT_LENGTH]).bytes();
        CRC32 crc = new CRC32();
        crc.update(ByteBuffer.wrap(bytes).putInt(8, format).array(), 0, 60);
        ByteBuffer.wrap(bytes).putInt(60, (int) crc.getValue());

        if (read) {
            assertThat(RecordHeader.parse(bytes).version()).isEqualTo(version);
        } else {
            assertThatThrownBy(() -> RecordHeader.parse(bytes))
                    .isInstanceOf(CorruptRecordException.class)
                    .hasMessageContaining("makes no sense");
        }
    }

    @Test
    void content_endsWithItsKey_saysWhoseItIsAndHoldsNoPartition() throws Exception {
        byte[] whole = RecordContent.encode(ADA, partition("secret"));
        byte[] keyOnly = Arrays.copyOf(whole, Integer.BYTES + ADA.value().length());

        assertThat(RecordContent.key(keyOnly)).isEqualTo(ADA);
        assertThatThrownBy(() -> RecordContent.partition(ADA, keyOnly)).isInstanceOf(CorruptRecordException.class);
    }

    private static Partition partition(String token) {
        RefreshTokenEntry entry = new RefreshTokenEntry("client", null, Secret.of(token), null);
        return Partition.EMPTY.save(new TokenRecord(null, null, null, entry, null), Instant.EPOCH);
    }
}
