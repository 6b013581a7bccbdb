package dev.latchkey.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.core.Scopes;
import dev.latchkey.core.Secret;
import dev.latchkey.core.account.Account;
import dev.latchkey.core.account.AuthorityType;
import dev.latchkey.core.account.PartitionKey;
import dev.latchkey.core.account.TenantProfile;
import dev.latchkey.core.cache.AccessTokenEntry;
import dev.latchkey.core.cache.ActiveAccount;
import dev.latchkey.core.cache.Partition;
import dev.latchkey.core.cache.RefreshTokenEntry;
import dev.latchkey.core.cache.TokenRecord;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the memory store promises beyond every store: bound, sweep, gauges, leases that end. */
@Timeout(30)
class MemoryTokenStoreTest {
    private static final PartitionKey KEY = user("t");
    private static final Partition SOMETHING = withRefreshToken("rt");
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration LIFE = Duration.ofSeconds(10);

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1_000_000_000L);
    private final AtomicLong millis = new AtomicLong(NOW.toEpochMilli());
    private final MemoryTokenStore store = MemoryTokenStore.builder()
            .sweepInterval(Duration.ofMinutes(5))
            .nanoClock(nanos::get)
            .clock(() -> Instant.ofEpochMilli(millis.get()))
            .build();

    @Test
    void write_unexpectedVersion_isLost() {
        assertThat(store.write(KEY, 0, SOMETHING, null)).isTrue();
        assertThat(store.write(KEY, 0, SOMETHING, null)).isFalse();
        assertThat(store.delete(KEY, store.read(KEY).version())).isTrue();
        assertThat(store.read(KEY)).isSameAs(StoredPartition.ABSENT);
    }

    // ---- leases

    @Test
    void lease_heldByAnother_isNotGivenUntilItIsClosed() {
        try (Lease lease = lease(KEY)) {
            assertThat(store.tryLease(KEY, LIFE)).isNull();
            assertThat(store.write(KEY, 0, SOMETHING, lease)).isTrue();
            try (Lease other = lease(user("other"))) {
                assertThat(other.isHeld()).isTrue();
            }
        }
        try (Lease lease = lease(KEY)) {
            assertThat(lease.isHeld()).isTrue();
        }
    }

    @Test
    void lease_holderHangs_isTakenOverAndTheHangingHolderCannotWrite() {
        Lease hanging = lease(KEY);
        for (int second = 1; second < LIFE.toSeconds(); second++) {
            nanos.addAndGet(Duration.ofSeconds(1).toNanos());
            assertThat(store.tryLease(KEY, LIFE)).isNull();
        }
        assertThat(hanging.isHeld()).isTrue();

        nanos.addAndGet(Duration.ofSeconds(1).toNanos());
        Lease next = lease(KEY);

        assertThat(next.fence()).isGreaterThan(hanging.fence());
        assertThat(hanging.isHeld()).isFalse();
        assertThat(store.write(KEY, 0, SOMETHING, hanging)).isFalse();
        assertThat(store.write(KEY, 0, SOMETHING, next)).isTrue();

        hanging.close();
        assertThat(next.isHeld()).isTrue();
        next.close();
        next.close();
        lease(KEY).close();
    }

    @Test
    void lease_processWasStopped_staysWithItsHolder() {
        Lease held = lease(KEY);
        nanos.addAndGet(Duration.ofHours(1).toNanos());

        assertThat(store.tryLease(KEY, LIFE)).isNull();
        assertThat(store.write(KEY, 0, SOMETHING, held)).isTrue();
    }

    @Test
    void lease_manyThreads_oneHolderAtATime() throws Exception {
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        AtomicInteger done = new AtomicInteger();
        inParallel(8, () -> {
            for (int i = 0; i < 2_000; i++) {
                Lease lease = store.tryLease(KEY, LIFE);
                if (lease != null) {
                    most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                    assertThat(lease.isHeld()).isTrue();
                    inside.decrementAndGet();
                    done.incrementAndGet();
                    lease.close();
                }
            }
        });

        assertThat(done).hasPositiveValue();
        assertThat(most).hasValue(1);
    }

    private Lease lease(PartitionKey key) {
        return Objects.requireNonNull(store.tryLease(key, LIFE), "the lease is taken");
    }

    @Test
    void write_leaseOfAnotherKey_isTheCallersMistake() {
        try (Lease lease = lease(user("other"))) {
            assertThatThrownBy(() -> store.write(KEY, 0, SOMETHING, lease))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    // ---- bound

    @Test
    void eviction_beyondMaximum_keepsTheRecentlyUsed() {
        MemoryTokenStore small = MemoryTokenStore.builder().maximumSize(100).build();
        for (int i = 0; i < 1000; i++) {
            small.write(user("u" + i), 0, SOMETHING, null);
            small.read(user("u0"));
        }

        assertThat(small.size()).isLessThanOrEqualTo(100);
        assertThat(small.evictions()).isEqualTo(1000 - small.size());
        assertThat(small.list()).hasSize((int) small.size());
        assertThat(small.read(user("u0")).isAbsent()).isFalse();
        assertThat(small.read(user("u999")).isAbsent()).isFalse();
        assertThat(small.read(user("u1")).isAbsent()).isTrue();
    }

    @Test
    void eviction_applicationsOwnState_stays() {
        MemoryTokenStore small = MemoryTokenStore.builder().maximumSize(1).build();
        PartitionKey application = PartitionKey.application("client");
        small.write(application, 0, Partition.EMPTY.withActiveAccount(new ActiveAccount(KEY, "t", "l")), null);
        for (int i = 0; i < 100; i++) {
            small.write(user("u" + i), 0, SOMETHING, null);
        }

        assertThat(small.read(application).isAbsent()).isFalse();
        assertThat(small.size()).isLessThanOrEqualTo(2);
    }

    @Test
    void eviction_whatIsBeingRenewed_stays() {
        MemoryTokenStore small = MemoryTokenStore.builder().maximumSize(1000).build();
        small.write(KEY, 0, SOMETHING, null);
        try (Lease lease = small.tryLease(KEY, LIFE)) {
            for (int i = 0; i < 3_000; i++) {
                small.write(user("u" + i), 0, SOMETHING, null);
            }
            StoredPartition read = small.read(KEY);

            assertThat(read.isAbsent()).isFalse();
            assertThat(small.write(KEY, read.version(), withRefreshToken("next"), lease))
                    .isTrue();
        }
        assertThat(small.size()).isLessThanOrEqualTo(1000);
    }

    @Test
    void sweep_whatIsBeingRenewed_stays() {
        PartitionKey service = PartitionKey.applicationTokens("host", "client");
        store.write(service, 0, withAccessToken(Partition.EMPTY, 60), null);
        try (Lease lease = lease(service)) {
            store.sweep(NOW.plusSeconds(60));
            assertThat(store.read(service).isAbsent()).isFalse();
        }
        store.sweep(NOW.plusSeconds(60));
        assertThat(store.read(service).isAbsent()).isTrue();
    }

    @Test
    void eviction_whatWasJustWritten_staysHoweverSmallTheStore() {
        for (int size : new int[] {1, 2, 3, 16, 17, 64}) {
            MemoryTokenStore small =
                    MemoryTokenStore.builder().maximumSize(size).build();
            for (int i = 0; i < 500; i++) {
                small.write(user("u" + i), 0, SOMETHING, null);
                assertThat(small.read(user("u" + i)).isAbsent())
                        .as("write %s of a store of %s", i, size)
                        .isFalse();
            }
            assertThat(small.size()).isLessThanOrEqualTo(size);
        }
    }

    @Test
    void eviction_manyWriters_staysWithinTheBound() throws Exception {
        MemoryTokenStore small = MemoryTokenStore.builder().maximumSize(64).build();
        AtomicInteger next = new AtomicInteger();
        inParallel(4, () -> {
            for (int i = 0; i < 2_000; i++) {
                small.write(user("u" + next.incrementAndGet()), 0, SOMETHING, null);
            }
        });
        small.write(user("last"), 0, SOMETHING, null);

        assertThat(small.size()).isLessThanOrEqualTo(64);
        assertThat(small.evictions() + small.size()).isEqualTo(8_001);
    }

    @Test
    void eviction_ofWhatWasRead_isSeenByTheReader() {
        MemoryTokenStore small = MemoryTokenStore.builder().maximumSize(1).build();
        small.write(KEY, 0, SOMETHING, null);
        StoredPartition read = small.read(KEY);
        for (int i = 0; i < 100; i++) {
            small.write(user("u" + i), 0, SOMETHING, null);
        }

        assertThat(small.read(KEY).isAbsent()).isTrue();
        assertThat(read.isCurrent()).isFalse();
    }

    @Test
    void eviction_lookingWhetherItIsCurrent_isAUse() {
        MemoryTokenStore small = MemoryTokenStore.builder().maximumSize(100).build();
        small.write(KEY, 0, SOMETHING, null);
        StoredPartition read = small.read(KEY);
        for (int i = 0; i < 1000; i++) {
            small.write(user("u" + i), 0, SOMETHING, null);
            assertThat(read.isCurrent()).isTrue();
        }
    }

    // ---- what was read is current

    @Test
    void current_untilReplaced() {
        store.write(KEY, 0, SOMETHING, null);
        StoredPartition read = store.read(KEY);
        assertThat(read.isCurrent()).isTrue();

        store.write(KEY, read.version() + 1, SOMETHING, null);
        assertThat(read.isCurrent()).as("after a lost race").isTrue();

        store.write(KEY, read.version(), withRefreshToken("other"), null);
        assertThat(read.isCurrent()).isFalse();
        assertThat(store.read(KEY).isCurrent()).isTrue();
    }

    @Test
    void current_untilDeleted() {
        store.write(KEY, 0, SOMETHING, null);
        StoredPartition read = store.read(KEY);
        store.delete(KEY, read.version());

        assertThat(read.isCurrent()).isFalse();
        assertThat(store.read(KEY).isCurrent()).isFalse();
    }

    @Test
    void current_untilSwept() {
        PartitionKey service = PartitionKey.applicationTokens("host", "client");
        store.write(service, 0, withAccessToken(Partition.EMPTY, 60), null);
        store.write(KEY, 0, withAccessToken(SOMETHING, 60), null);
        StoredPartition services = store.read(service);
        StoredPartition persons = store.read(KEY);

        store.sweep(NOW.plusSeconds(60));

        assertThat(services.isCurrent()).isFalse();
        assertThat(persons.isCurrent()).isFalse();
        assertThat(store.read(KEY).isCurrent()).isTrue();
    }

    // ---- sweep

    @Test
    void sweep_expiredAccessTokens_goAndTheVersionStays() {
        Partition both = withAccessToken(SOMETHING, 60);
        store.write(KEY, 0, both, null);
        long version = store.read(KEY).version();

        store.sweep(NOW.plusSeconds(59));
        assertThat(store.read(KEY).partition()).isEqualTo(both);

        store.sweep(NOW.plusSeconds(60));
        assertThat(store.read(KEY).partition().accessTokens()).isEmpty();
        assertThat(store.read(KEY).partition().refreshTokens()).hasSize(1);
        assertThat(store.read(KEY).version()).isEqualTo(version);
        assertThat(store.expirations()).isZero();
    }

    @Test
    void sweep_uselessPartitions_goButPeopleStay() {
        PartitionKey service = PartitionKey.applicationTokens("host", "client");
        PartitionKey assertion = PartitionKey.onBehalfOf("host", "hash");
        store.write(service, 0, withAccessToken(Partition.EMPTY, 60), null);
        store.write(assertion, 0, withAccessToken(Partition.EMPTY, 60), null);
        store.write(KEY, 0, person(), null);

        store.sweep(NOW.plusSeconds(60));

        assertThat(store.list()).containsExactly(KEY);
        assertThat(store.expirations()).isEqualTo(2);
    }

    @Test
    void write_afterTheInterval_sweeps() {
        PartitionKey service = PartitionKey.applicationTokens("host", "client");
        store.write(service, 0, withAccessToken(Partition.EMPTY, 60), null);

        millis.addAndGet(Duration.ofMinutes(5).toMillis() - 1);
        store.write(user("a"), 0, SOMETHING, null);
        assertThat(store.read(service).isAbsent()).isFalse();

        millis.incrementAndGet();
        store.write(user("b"), 0, SOMETHING, null);
        assertThat(store.read(service).isAbsent()).isTrue();
    }

    // ---- listeners

    @Test
    void onChange_writesDeletionsEvictionsAndExpiries_areToldUntilClosed() {
        MemoryTokenStore small = MemoryTokenStore.builder().maximumSize(1).build();
        List<PartitionKey> told = new ArrayList<>();
        Registration registration = small.onChange(told::add);

        small.write(user("a"), 0, SOMETHING, null);
        small.write(user("a"), 0, SOMETHING, null);
        small.delete(user("a"), small.read(user("a")).version());
        assertThat(told).containsExactly(user("a"), user("a"));

        told.clear();
        small.write(user("b"), 0, SOMETHING, null);
        small.write(user("c"), 0, SOMETHING, null);
        assertThat(told).hasSizeGreaterThanOrEqualTo(3).contains(user("b"), user("c"));

        registration.close();
        registration.close();
        told.clear();
        small.write(user("d"), 0, SOMETHING, null);
        assertThat(told).isEmpty();
    }

    @Test
    void onChange_oneListenerFails_theOthersAreTold() {
        AtomicInteger told = new AtomicInteger();
        store.onChange(key -> {
            throw new IllegalStateException("on purpose");
        });
        store.onChange(key -> told.incrementAndGet());

        assertThat(store.write(KEY, 0, SOMETHING, null)).isTrue();
        assertThat(told).hasValue(1);
    }

    // ---- settings

    @Test
    void builder_senselessSettings_areRefused() {
        MemoryTokenStore.Builder builder = MemoryTokenStore.builder();

        assertThatThrownBy(() -> builder.maximumSize(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder.sweepInterval(Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
    }

    private static void inParallel(int threads, Runnable work) throws Exception {
        ExecutorService executor = Executors.newFixedThreadPool(threads);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                all.add(executor.submit(work));
            }
            for (Future<?> one : all) {
                one.get(25, TimeUnit.SECONDS);
            }
        } finally {
            executor.shutdownNow();
        }
    }

    private static PartitionKey user(String id) {
        return PartitionKey.user("host", id);
    }

    private static Partition withRefreshToken(String secret) {
        RefreshTokenEntry token = new RefreshTokenEntry("client", null, Secret.of(secret), null);
        return Partition.EMPTY.save(new TokenRecord(null, null, null, token, null), Instant.EPOCH);
    }

    private static Partition withAccessToken(Partition partition, long seconds) {
        AccessTokenEntry token = AccessTokenEntry.builder("client", "t", Scopes.of("read"), Secret.of("at"))
                .valid(NOW, NOW.plusSeconds(seconds))
                .build();
        return partition.save(new TokenRecord(null, null, token, null, null), NOW);
    }

    private static Partition person() {
        Account account = Account.of(KEY, AuthorityType.MSSTS, TenantProfile.of("t", "l", true), null);
        return Partition.EMPTY.save(new TokenRecord(account, null, null, null, null), NOW);
    }
}
