package dev.latchkey.core.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.account.PartitionKey;
import java.time.Instant;
import org.junit.jupiter.api.Test;

final class BlobTest {
    private static final Instant UNTIL = Instant.parse("2026-01-01T00:00:00Z");
    private static final PartitionKey KEY = PartitionKey.blob("session-1");

    private final Partition partition = Partition.of(new Blob("{\"a\":1}", UNTIL));

    @Test
    void note_writtenAndRead_isTheSame() {
        Partition read = PartitionCodec.decode(KEY, PartitionCodec.encode(KEY, partition));

        assertThat(read).isEqualTo(partition);
        assertThat(read.blob()).isEqualTo(new Blob("{\"a\":1}", UNTIL));
        assertThat(PartitionKey.parse(KEY.value())).isEqualTo(KEY);
    }

    @Test
    void note_isUsableUntilItsTime() {
        assertThat(partition.isEmpty()).isFalse();
        assertThat(partition.isUsable(PartitionKey.Kind.BLOB, UNTIL.minusSeconds(1)))
                .isTrue();
        assertThat(partition.isUsable(PartitionKey.Kind.BLOB, UNTIL)).isFalse();
    }

    @Test
    void toString_neverShowsTheText() {
        assertThat(new Blob("s3cret", UNTIL).toString() + Partition.of(new Blob("s3cret", UNTIL)))
                .doesNotContain("s3cret");
    }
}
