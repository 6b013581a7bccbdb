package dev.latchkey.store.encryption;

import dev.latchkey.core.account.PartitionKey;
import dev.latchkey.core.error.CacheException;
import dev.latchkey.store.StoredPartition;
import java.security.SecureRandom;
import java.util.concurrent.Executor;

/**
 * Turns partitions into encrypted records and back, for token stores that keep bytes. A record is 64 bytes of header
 * ({@link RecordHeader}), then the partition under AES-256-GCM with a key and nonce of its own. It is bound to the name
 * that the store gave it: a record moved to another name does not open. Thread-safe.
 */
public final class PartitionSealer {
    private final KeyRing keys;
    private final SecureRandom random;

    /**
     * Creates a sealer.
     *
     * @param source supplies the keys; asked when the first is needed, and when a record refers to an unknown one
     * @param random the source of salts
     */
    public PartitionSealer(KeySource source, SecureRandom random) {
        this.keys = new KeyRing(source);
        this.random = random;
    }

    /** An encrypted record and its header. */
    public static final class SealedRecord {
        private final RecordHeader header;
        private final byte[] bytes;

        private SealedRecord(RecordHeader header, byte[] bytes) {
            this.header = header;
            this.bytes = bytes;
        }

        /** The header, as {@link RecordHeader#parse} would read it from the record. */
        public RecordHeader header() {
            return header;
        }

        /** The record; not a copy. */
        public byte[] bytes() {
            return bytes;
        }

        @Override
        public String toString() {
            return "SealedRecord[" + header + "]";
        }
    }

    /**
     * Encrypts a partition with the newest key.
     *
     * @param name the name under which the store keeps the record
     * @throws CacheException {@code cache_key_unavailable} if there is no key
     */
    public SealedRecord seal(PartitionKey key, byte[] name, StoredPartition stored) {
        EncryptionKey newest = keys.newest();
        byte[] salt = new byte[RecordHeader.SALT_LENGTH];
        random.nextBytes(salt);
        RecordHeader header = RecordHeader.of(newest.id(), stored.version(), salt);
        byte[] content = RecordContent.encode(key, stored.partition());
        return new SealedRecord(header, Envelope.seal(newest, header, name, content));
    }

    /**
     * Decrypts the record of a partition.
     *
     * @throws CorruptRecordException if it is not what was sealed for this key under this name
     * @throws CacheException {@code cache_key_unavailable} if its key is missing, {@code cache_newer_format} if a newer
     *     version of the library wrote it
     */
    public StoredPartition open(PartitionKey key, byte[] name, byte[] record) throws CorruptRecordException {
        RecordHeader header = RecordHeader.parse(record);
        return StoredPartition.of(header.version(), RecordContent.partition(key, decrypted(header, name, record)));
    }

    /**
     * The key of the partition in a record.
     *
     * @throws CorruptRecordException if it is not what was sealed under this name
     * @throws CacheException as {@link #open}
     */
    public PartitionKey keyOf(byte[] name, byte[] record) throws CorruptRecordException {
        return RecordContent.key(decrypted(RecordHeader.parse(record), name, record));
    }

    /**
     * Fails where nothing could be sealed.
     *
     * @throws CacheException {@code cache_key_unavailable} if there is no key
     */
    public void requireKey() {
        keys.newest();
    }

    /**
     * Creates a new key for all further records; records under the other keys still open.
     *
     * @throws UnsupportedOperationException if the key source does not create keys
     */
    public void rotateKey() {
        keys.rotate();
    }

    /**
     * Preloads the classes that the first use needs: the platform's cryptography on the executor, because it takes
     * longest, the rest on the calling thread. For programs that run for a fraction of a second.
     *
     * @param executor runs one short task, preferably on a separate thread
     */
    public static void warmUp(Executor executor) {
        WarmUp.start(executor);
    }

    private byte[] decrypted(RecordHeader header, byte[] name, byte[] record) throws CorruptRecordException {
        return Envelope.open(keys.find(header.keyId()), header, name, record);
    }
}
