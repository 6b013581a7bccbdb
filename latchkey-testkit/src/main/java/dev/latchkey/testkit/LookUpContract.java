package dev.latchkey.testkit;

import static dev.latchkey.testkit.SamplePartitions.full;
import static dev.latchkey.testkit.SamplePartitions.numberOf;
import static dev.latchkey.testkit.SamplePartitions.numbered;
import static dev.latchkey.testkit.TokenStoreContract.stored;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.account.PartitionKey;
import dev.latchkey.core.cache.Blob;
import dev.latchkey.core.cache.Partition;
import dev.latchkey.store.StoredPartition;
import dev.latchkey.store.TokenStore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The part of {@link TokenStoreContract} about look-ups and changes. */
abstract class LookUpContract extends LeaseContract {
    private static final PartitionKey KEY = PartitionKey.user("login.example", "ada.t1");
    private static final PartitionKey OTHER = PartitionKey.user("login.example", "bob.t1");

    @Test
    final void peek_ownWrites_areNeverMissed() {
        TokenStore store = openStore();
        assertThat(numberIn(store.peek(KEY))).isIn(null, 0L);
        long version = 0;
        for (long number = 1; number < 10; number++) {
            assertThat(store.write(KEY, version, numbered(number), null)).isTrue();
            assertThat(numberIn(store.peek(KEY))).isIn(null, number);
            version = store.read(KEY).version();
            assertThat(numberIn(store.peek(KEY))).isIn(null, number);
        }
        assertThat(store.delete(KEY, version)).isTrue();
        assertThat(numberIn(store.peek(KEY))).isIn(null, 0L);
    }

    @Test
    final void peek_otherHandleWrote_isSeenSoon() {
        TokenStore store = openStore();
        TokenStore second = openStore();
        long first = stored(store, KEY, 1);
        assertThat(numberOf(second.read(KEY).partition())).isEqualTo(1);

        assertThat(store.write(KEY, first, numbered(2), null)).isTrue();

        Crowd.awaitUntil("memory forgets or learns", () -> {
            Long seen = numberIn(second.peek(KEY));
            return seen == null || seen == 2;
        });
        assertThat(numberOf(second.recent(KEY).partition())).isEqualTo(2);
    }

    @Test
    final void update_othersWriteMeanwhile_losesNothing() {
        List<TokenStore> handles = List.of(openStore(), openStore());
        List<Callable<?>> tasks = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            TokenStore store = handles.get(i % 2);
            tasks.add(() -> {
                for (int round = 0; round < 10; round++) {
                    store.update(KEY, null, partition -> numbered(numberOf(partition) + 1));
                }
                return null;
            });
        }

        crowd.runAll(tasks);

        assertThat(numberOf(openStore().read(KEY).partition())).isEqualTo(60);
    }

    /** A user whose refresh token is a family's counts for any client, which may turn out to belong to the family. */
    @Test
    final void listUsers_thoseOfOneClient_areFoundThroughBothHandles() {
        TokenStore store = openStore();
        TokenStore second = openStore();
        PartitionKey carol = SamplePartitions.keyOf("carol");
        stored(store, KEY, 1);
        assertThat(store.write(carol, 0, full("carol"), null)).isTrue();
        assertThat(store.write(OTHER, 0, SamplePartitions.ofClient("another"), null))
                .isTrue();
        PartitionKey tokens = PartitionKey.applicationTokens("login.example", SamplePartitions.CLIENT);
        assertThat(store.write(tokens, 0, numbered(tokens, 1), null)).isTrue();

        for (TokenStore handle : List.of(store, second)) {
            assertThat(handle.listUsers(SamplePartitions.CLIENT)).containsExactlyInAnyOrder(KEY, carol);
            assertThat(handle.listUsers("another")).containsExactlyInAnyOrder(OTHER, carol);
            assertThat(handle.listUsers("nobody's")).containsExactly(carol);
        }
        assertThat(second.delete(KEY, second.read(KEY).version())).isTrue();
        assertThat(store.listUsers(SamplePartitions.CLIENT)).containsExactly(carol);
    }

    @Test
    final void capabilities_always_areTheSame() {
        TokenStore store = openStore();

        assertThat(store.capabilities()).isEqualTo(openStore().capabilities());
        assertThat(store.capabilities().staleness()).isBetween(Duration.ZERO, Duration.ofHours(1));
    }

    /** Expired entries may or may not be present, but nothing else may be. */
    @Test
    final void write_whatIsOver_isReadBackOrAbsent() {
        TokenStore store = openStore();
        PartitionKey key = PartitionKey.blob("over");
        Partition over = Partition.of(new Blob("text", Instant.EPOCH));

        assertThat(store.write(key, 0, over, null)).isTrue();

        assertThat(store.read(key).partition()).isIn(over, Partition.EMPTY);
    }

    private static @Nullable Long numberIn(@Nullable StoredPartition peeked) {
        return peeked == null ? null : numberOf(peeked.partition());
    }
}
