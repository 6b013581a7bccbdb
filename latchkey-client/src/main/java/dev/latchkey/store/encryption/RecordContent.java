package dev.latchkey.store.encryption;

import dev.latchkey.core.account.PartitionKey;
import dev.latchkey.core.cache.Partition;
import dev.latchkey.core.cache.PartitionCodec;
import dev.latchkey.core.error.CacheException;
import dev.latchkey.core.error.ErrorCodes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** What a record holds once it is decrypted: the key (length, text), then the text of {@link PartitionCodec}. */
final class RecordContent {
    private RecordContent() {}

    static byte[] encode(PartitionKey key, Partition partition) {
        byte[] name = key.value().getBytes(StandardCharsets.UTF_8);
        byte[] text = PartitionCodec.encode(key, partition).getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(Integer.BYTES + name.length + text.length)
                .putInt(name.length)
                .put(name)
                .put(text)
                .array();
    }

    /** Whose it is. */
    static PartitionKey key(byte[] content) throws CorruptRecordException {
        ByteBuffer buffer = ByteBuffer.wrap(content);
        if (buffer.remaining() < Integer.BYTES) {
            throw new CorruptRecordException("it does not say whose it is");
        }
        int length = buffer.getInt();
        if (length < 0 || length > buffer.remaining()) {
            throw new CorruptRecordException("it does not say whose it is");
        }
        try {
            return PartitionKey.parse(new String(content, Integer.BYTES, length, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            throw new CorruptRecordException("it does not say whose it is");
        }
    }

    static Partition partition(PartitionKey key, byte[] content) throws CorruptRecordException {
        if (!key.equals(key(content))) {
            throw new CorruptRecordException("it belongs to another partition");
        }
        int start = Integer.BYTES + ByteBuffer.wrap(content).getInt();
        try {
            String text = new String(content, start, content.length - start, StandardCharsets.UTF_8);
            return PartitionCodec.decode(key, text);
        } catch (CacheException e) {
            if (e.errorCode().equals(ErrorCodes.CACHE_CORRUPT)) {
                throw new CorruptRecordException(e.details().message());
            }
            throw e;
        }
    }
}
