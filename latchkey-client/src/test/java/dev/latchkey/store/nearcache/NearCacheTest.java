package dev.latchkey.store.nearcache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.core.Secret;
import dev.latchkey.core.account.PartitionKey;
import dev.latchkey.core.cache.Partition;
import dev.latchkey.core.cache.RefreshTokenEntry;
import dev.latchkey.core.cache.TokenRecord;
import dev.latchkey.store.StoredPartition;
import dev.latchkey.store.encryption.CorruptRecordException;
import dev.latchkey.store.encryption.EncryptionKey;
import dev.latchkey.store.encryption.PartitionSealer;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NearCacheTest {
    private static final PartitionKey ADA = user(1);
    private static final PartitionKey BOB = user(2);
    private static final EncryptionKey KEY = EncryptionKey.of(new byte[EncryptionKey.LENGTH]);
    private static final PartitionSealer SEALER = new PartitionSealer(() -> List.of(KEY), new SecureRandom());
    private static final Duration STALENESS = Duration.ofMillis(250);

    private final AtomicLong time = new AtomicLong();

    @ParameterizedTest
    @CsvSource({
        // staleness and age in nanoseconds, answered from memory
        "250, 0, true",
        "250, 249, true",
        "250, 250, false",
        "0, 0, false",
    })
    void fresh_copyOfAnAge_isGivenWhileItIsYoungerThanTheStaleness(long staleness, long age, boolean given)
            throws Exception {
        NearCache near = new NearCache(10, staleness, time::get);
        near.load(ADA, known -> copy(1));

        time.addAndGet(age);

        assertThat(near.fresh(ADA) != null).isEqualTo(given);
        assertThat(near.fresh(BOB)).isNull();
    }

    @Test
    void load_copyThere_isGivenToTheLoaderOnceItIsStale() throws Exception {
        NearCache near = near(10);
        NearCache.Copy first = copy(1);
        near.load(ADA, known -> first);
        assertThat(near.load(ADA, known -> copy(2))).isSameAs(first.stored());

        near.expire(ADA);
        NearCache.Copy second = copy(2);
        StoredPartition loaded = near.load(ADA, known -> {
            assertThat(known).isNotNull();
            assertThat(known.stored()).isSameAs(first.stored());
            return second;
        });

        assertThat(loaded).isSameAs(second.stored());
        assertThat(near.fresh(ADA)).isSameAs(second.stored());
    }

    /** Whoever reads must see what was written before: a copy will do only if it was compared since. */
    @Test
    void load_copyOfAMomentBefore_isComparedAgain() throws Exception {
        NearCache near = near(10);
        near.load(ADA, known -> copy(1));
        NearCache.Copy second = copy(2);

        time.addAndGet(1);

        assertThat(near.load(ADA, known -> second)).isSameAs(second.stored());
    }

    @ParameterizedTest
    @CsvSource({"250, 0, true", "250, 249, true", "250, 250, false", "0, 0, false"})
    void loadUnlessFresh_copyOfAnAge_isComparedOnceItIsStale(long staleness, long age, boolean given) throws Exception {
        NearCache near = new NearCache(10, staleness, time::get);
        NearCache.Copy first = copy(1);
        NearCache.Copy second = copy(2);
        near.load(ADA, known -> first);

        time.addAndGet(age);

        assertThat(near.loadUnlessFresh(ADA, known -> second)).isSameAs(given ? first.stored() : second.stored());
    }

    @Test
    void size_moreThanTheMaximum_dropsASixteenthAtOnce() throws Exception {
        NearCache near = near(32);
        for (int i = 1; i <= 32; i++) {
            near.load(user(i), known -> copy(1));
            assertThat(near.size()).isEqualTo(i);
        }
        near.load(user(33), known -> copy(1));
        assertThat(near.size()).isEqualTo(30);
        for (int i = 34; i < 200; i++) {
            near.written(user(i), copy(1));
            assertThat(near.size()).isBetween(30, 32);
        }
    }

    @Test
    void size_staleOnesAmongThem_goBeforeFreshOnes() throws Exception {
        NearCache near = near(8);
        for (int i = 0; i < 6; i++) {
            near.load(user(i), known -> copy(1));
        }
        time.addAndGet(STALENESS.toNanos());
        for (int i = 6; i < 9; i++) {
            near.load(user(i), known -> copy(1));
        }

        assertThat(near.size()).isEqualTo(3);
        for (int i = 6; i < 9; i++) {
            assertThat(near.fresh(user(i))).isNotNull();
        }
    }

    @Test
    void size_nothingFoundOrMaximumOfNone_keepsNothing() throws Exception {
        NearCache near = near(10);
        assertThat(near.load(ADA, known -> null)).isSameAs(StoredPartition.ABSENT);
        assertThat(near.size()).isZero();
        near.load(ADA, known -> copy(1));
        near.written(ADA, null);
        assertThat(near.size()).isZero();

        NearCache none = near(0);
        none.load(ADA, known -> copy(1));
        assertThat(none.size()).isZero();
    }

    @Test
    void slot_usedByOneThread_isFreeForTheNext() throws Exception {
        NearCache near = near(4);
        near.load(ADA, known -> copy(1));
        inAnotherThread(() -> near.expire(ADA));
        near.written(ADA, copy(2));
        inAnotherThread(() -> near.expire(ADA));
        assertThatThrownBy(() -> near.load(ADA, known -> {
                    throw new CorruptRecordException("damage");
                }))
                .isInstanceOf(CorruptRecordException.class);
        near.expire(ADA);
        inAnotherThread(() -> near.written(ADA, copy(3)));
        assertThat(near.fresh(ADA)).isNotNull();
    }

    private static void inAnotherThread(Runnable work) throws Exception {
        CompletableFuture.runAsync(work).get(10, TimeUnit.SECONDS);
    }

    private NearCache near(int maximumSize) {
        return new NearCache(maximumSize, STALENESS.toNanos(), time::get);
    }

    private static PartitionKey user(int number) {
        return PartitionKey.user("login.example", "user" + number);
    }

    private static NearCache.Copy copy(long version) {
        StoredPartition stored = StoredPartition.of(version, partition("t"));
        return new NearCache.Copy(SEALER.seal(ADA, new byte[0], stored).header(), stored);
    }

    private static Partition partition(String token) {
        RefreshTokenEntry entry = new RefreshTokenEntry("client", null, Secret.of(token), null);
        return Partition.EMPTY.save(new TokenRecord(null, null, null, entry, null), Instant.EPOCH);
    }
}
