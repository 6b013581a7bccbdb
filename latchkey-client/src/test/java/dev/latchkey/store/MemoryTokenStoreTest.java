package dev.latchkey.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.core.Secret;
import dev.latchkey.core.account.PartitionKey;
import dev.latchkey.core.cache.Partition;
import dev.latchkey.core.cache.RefreshTokenEntry;
import dev.latchkey.core.cache.TokenRecord;
import dev.latchkey.core.error.CacheException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class MemoryTokenStoreTest {
    private static final PartitionKey KEY = PartitionKey.user("host", "u.t");
    private static final Partition SOMETHING = Partition.EMPTY.save(
            new TokenRecord(null, null, null, new RefreshTokenEntry("c", null, Secret.of("rt"), null), null),
            Instant.EPOCH);

    private final MemoryTokenStore store = MemoryTokenStore.create();

    @Test
    void write_unexpectedVersion_isLost() {
        assertThat(store.write(KEY, 0, SOMETHING, null)).isTrue();
        assertThat(store.write(KEY, 0, SOMETHING, null)).isFalse();
        assertThat(store.delete(KEY, store.read(KEY).version())).isTrue();
        assertThat(store.read(KEY)).isSameAs(StoredPartition.ABSENT);
    }

    @Test
    void lease_heldByAnother_timesOutAndIsFreeAfterClose() {
        try (Lease lease = store.lease(KEY, Duration.ZERO)) {
            assertThatThrownBy(() -> store.lease(KEY, Duration.ZERO)).isInstanceOf(CacheException.class);
            assertThat(store.write(KEY, 0, SOMETHING, lease)).isTrue();
        }
        try (Lease lease = store.lease(KEY, Duration.ZERO)) {
            assertThat(lease.isHeld()).isTrue();
        }
    }

    @Test
    void eviction_beyondMaximum_keepsTheRecentlyUsed() {
        MemoryTokenStore small = MemoryTokenStore.builder().maximumSize(100).build();
        for (int i = 0; i < 1000; i++) {
            small.write(PartitionKey.user("host", "u" + i), 0, SOMETHING, null);
            small.read(PartitionKey.user("host", "u0"));
        }

        assertThat(small.size()).isLessThanOrEqualTo(100);
        assertThat(small.evictions()).isGreaterThanOrEqualTo(900);
        assertThat(small.read(PartitionKey.user("host", "u0")).isAbsent()).isFalse();
    }
}
