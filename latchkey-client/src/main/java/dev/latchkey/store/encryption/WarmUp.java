package dev.latchkey.store.encryption;

import dev.latchkey.core.account.PartitionKey;
import dev.latchkey.core.cache.Partition;
import java.util.concurrent.Executor;

/** Does on nothing what a first read does, so that the JVM has its parts loaded when it comes. */
final class WarmUp {
    private WarmUp() {}

    /** The platform's cryptography takes by far the longest; a third thread would only take two processors' time from it. */
    static void start(Executor executor) {
        executor.execute(WarmUp::cryptography);
        codec();
    }

    private static void cryptography() {
        EncryptionKey key = EncryptionKey.of(new byte[EncryptionKey.LENGTH]);
        RecordHeader header = RecordHeader.of(key.id(), 1, new byte[RecordHeader.SALT_LENGTH]);
        byte[] name = new byte[0];
        try {
            Envelope.open(key, header, name, Envelope.seal(key, header, name, new byte[0]));
        } catch (CorruptRecordException e) {
            throw new IllegalStateException("the platform does not decrypt what it has encrypted", e);
        }
    }

    private static void codec() {
        PartitionKey key = PartitionKey.application("none");
        try {
            RecordContent.partition(key, RecordContent.encode(key, Partition.EMPTY));
        } catch (CorruptRecordException e) {
            throw new IllegalStateException("an empty partition cannot be read back", e);
        }
    }
}
