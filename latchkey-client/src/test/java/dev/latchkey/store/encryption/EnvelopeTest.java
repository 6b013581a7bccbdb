package dev.latchkey.store.encryption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.core.Secret;
import dev.latchkey.core.account.PartitionKey;
import dev.latchkey.core.cache.Partition;
import dev.latchkey.core.cache.RefreshTokenEntry;
import dev.latchkey.core.cache.TokenRecord;
import dev.latchkey.core.error.CacheException;
import dev.latchkey.core.error.ErrorCodes;
import dev.latchkey.store.StoredPartition;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class EnvelopeTest {
    private static final PartitionKey ADA = PartitionKey.user("login.example", "ada.t1");
    private static final PartitionKey BOB = PartitionKey.user("login.example", "bob.t1");
    private static final EncryptionKey KEY = EncryptionKey.of(new byte[EncryptionKey.LENGTH]);
    private static final byte[] NAME = {1, 2, 3};
    private static final byte[] CONTENT = "content".getBytes(StandardCharsets.US_ASCII);

    private static RecordHeader header(long version) {
        return RecordHeader.of(KEY.id(), version, new byte[RecordHeader.SALT_LENGTH]);
    }

    @Test
    void open_underItsHeaderAndName_givesTheContent() throws Exception {
        byte[] file = Envelope.seal(KEY, header(7), NAME, CONTENT);

        assertThat(Envelope.open(KEY, header(7), NAME, file)).isEqualTo(CONTENT);
    }

    @Test
    void open_underAnotherHeaderOrName_isDamage() {
        byte[] file = Envelope.seal(KEY, header(7), NAME, CONTENT);

        assertThatThrownBy(() -> Envelope.open(KEY, header(8), NAME, file)).isInstanceOf(CorruptRecordException.class);
        assertThatThrownBy(() -> Envelope.open(KEY, header(7), new byte[] {1, 2, 4}, file))
                .isInstanceOf(CorruptRecordException.class);
    }

    @Test
    void envelope_cutOffAtEachByteOrWithAnyBitChanged_isNeverOpened() throws Exception {
        EncryptionKey key = EncryptionKey.generate(new SecureRandom());
        byte[] content = RecordContent.encode(ADA, partition("secret"));
        RecordHeader header = RecordHeader.of(key.id(), 7, new byte[RecordHeader.SALT_LENGTH]);
        byte[] sealed = Envelope.seal(key, header, NAME, content);
        assertThat(open(key, sealed)).isEqualTo(content);

        for (int length = 0; length < sealed.length; length++) {
            byte[] cut = Arrays.copyOf(sealed, length);
            assertThatThrownBy(() -> open(key, cut)).isInstanceOf(CorruptRecordException.class);
        }
        for (int bit = 0; bit < sealed.length * Byte.SIZE; bit++) {
            byte[] changed = flipped(sealed, bit / Byte.SIZE, 1 << bit % Byte.SIZE);
            assertThatThrownBy(() -> open(key, changed)).isInstanceOf(CorruptRecordException.class);
        }
    }

    @Test
    void content_cutOffAnywhere_isDamage() throws Exception {
        byte[] content = RecordContent.encode(ADA, partition("secret"));
        assertThat(RecordContent.partition(ADA, content)).isEqualTo(partition("secret"));

        for (int length = 0; length < content.length; length++) {
            byte[] cut = Arrays.copyOf(content, length);
            assertThatThrownBy(() -> RecordContent.partition(ADA, cut)).isInstanceOf(CorruptRecordException.class);
        }
    }

    @Test
    void sealer_recordOfOneAccountAndName_opensAsThatOnly() throws Exception {
        PartitionSealer sealer = new PartitionSealer(() -> List.of(KEY), new SecureRandom());
        PartitionSealer.SealedRecord sealed = sealer.seal(ADA, NAME, StoredPartition.of(7, partition("secret")));
        byte[] record = sealed.bytes();

        assertThat(RecordHeader.parse(record)).isEqualTo(sealed.header());
        assertThat(sealer.keyOf(NAME, record)).isEqualTo(ADA);
        StoredPartition opened = sealer.open(ADA, NAME, record);
        assertThat(opened.version()).isEqualTo(7);
        assertThat(opened.partition()).isEqualTo(partition("secret"));
        assertThat(sealer.seal(ADA, NAME, opened).bytes()).isNotEqualTo(record);
        assertThatThrownBy(() -> sealer.open(BOB, NAME, record)).isInstanceOf(CorruptRecordException.class);
        assertThatThrownBy(() -> sealer.open(ADA, CONTENT, record)).isInstanceOf(CorruptRecordException.class);
        assertThatThrownBy(() -> sealer.keyOf(CONTENT, record)).isInstanceOf(CorruptRecordException.class);
        assertThat(sealed.toString()).isEqualTo("SealedRecord[version 7 under key " + Long.toHexString(KEY.id()) + "]");
    }

    @Test
    void sealer_keyThatTheSourceGetsLater_isAskedForAndSealsAfterRotation() throws Exception {
        EncryptionKey newer = EncryptionKey.generate(new SecureRandom());
        AtomicReference<List<EncryptionKey>> keys = new AtomicReference<>(List.of(KEY));
        KeySource source = new KeySource() {
            @Override
            public List<EncryptionKey> keys() {
                return keys.get();
            }

            @Override
            public void rotate() {
                keys.set(List.of(newer, KEY));
            }
        };
        PartitionSealer one = new PartitionSealer(source, new SecureRandom());
        PartitionSealer other = new PartitionSealer(source, new SecureRandom());
        StoredPartition stored = StoredPartition.of(1, partition("secret"));
        byte[] old = other.seal(ADA, NAME, stored).bytes();

        one.rotateKey();
        PartitionSealer.SealedRecord next = one.seal(ADA, NAME, stored);

        assertThat(next.header().keyId()).isEqualTo(newer.id());
        assertThat(other.open(ADA, NAME, next.bytes()).partition()).isEqualTo(stored.partition());
        assertThat(one.open(ADA, NAME, old).partition()).isEqualTo(stored.partition());
    }

    @Test
    void sealer_withoutTheKey_saysSo() {
        PartitionSealer sealer = new PartitionSealer(() -> List.of(KEY), new SecureRandom());
        byte[] record = sealer.seal(ADA, NAME, StoredPartition.of(1, partition("secret")))
                .bytes();
        KeySource other = () -> List.of(EncryptionKey.generate(new SecureRandom()));

        assertThatThrownBy(() -> new PartitionSealer(other, new SecureRandom()).open(ADA, NAME, record))
                .isInstanceOfSatisfying(CacheException.class, e -> assertThat(e.errorCode())
                        .isEqualTo(ErrorCodes.CACHE_KEY_UNAVAILABLE));
        assertThatThrownBy(() -> new PartitionSealer(List::of, new SecureRandom()).requireKey())
                .isInstanceOf(CacheException.class)
                .hasMessageContaining("no key");
    }

    private static Partition partition(String token) {
        RefreshTokenEntry entry = new RefreshTokenEntry("client", null, Secret.of(token), null);
        return Partition.EMPTY.save(new TokenRecord(null, null, null, entry, null), Instant.EPOCH);
    }

    private static byte[] open(EncryptionKey key, byte[] record) throws CorruptRecordException {
        return Envelope.open(key, RecordHeader.parse(record), NAME, record);
    }

    private static byte[] flipped(byte[] record, int at, int bits) {
        byte[] changed = record.clone();
        changed[at] ^= (byte) bits;
        return changed;
    }
}
