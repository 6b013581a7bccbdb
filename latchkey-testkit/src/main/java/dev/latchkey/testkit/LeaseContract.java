package dev.latchkey.testkit;

import static dev.latchkey.testkit.SamplePartitions.numberOf;
import static dev.latchkey.testkit.SamplePartitions.numbered;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.account.PartitionKey;
import dev.latchkey.store.Lease;
import dev.latchkey.store.StoredPartition;
import dev.latchkey.store.TokenStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** The part of {@link TokenStoreContract} about leases. */
abstract class LeaseContract {
    private static final PartitionKey KEY = PartitionKey.user("login.example", "ada.t1");
    private static final PartitionKey OTHER = PartitionKey.user("login.example", "bob.t1");

    private static final Duration LIFE = Duration.ofMinutes(2);

    final Crowd crowd = new Crowd();

    /** Opens another handle on the data of the running test; there are no data before the first. */
    protected abstract TokenStore openStore();

    /**
     * Like {@link #openStore}, if the store takes expired leases from holders that are still running; null if it never
     * does. Default null.
     */
    protected @Nullable TokenStore openStoreThatTakesLeasesAway() {
        return null;
    }

    @AfterEach
    final void closeCrowd() {
        crowd.close();
    }

    @Test
    final void lease_heldByAnyHandle_isNotGivenToAnother() {
        TokenStore store = openStore();
        TokenStore second = openStore();
        try (Lease lease = leased(store, KEY)) {
            assertThat(lease.isHeld()).isTrue();
            assertThat(lease.key()).isEqualTo(KEY);
            assertThat(store.tryLease(KEY, LIFE)).isNull();
            assertThat(second.tryLease(KEY, LIFE)).isNull();
            assertThat(Crowd.await(crowd.start(() -> second.tryLease(KEY, LIFE) == null)))
                    .isTrue();
        }
    }

    @Test
    final void lease_ofOtherKeys_isFree() {
        TokenStore store = openStore();
        try (Lease one = leased(store, KEY);
                Lease two = leased(store, OTHER)) {
            assertThat(one.isHeld()).isTrue();
            assertThat(two.isHeld()).isTrue();
        }
    }

    @Test
    final void lease_closed_isFreeForBothHandles() {
        TokenStore store = openStore();
        long last = -1;
        for (TokenStore handle : List.of(store, openStore(), store)) {
            try (Lease lease = leased(handle, KEY)) {
                assertThat(lease.fence()).isGreaterThan(last);
                last = lease.fence();
            }
        }
    }

    @Test
    final void lease_closedByAnotherThreadAndTwice_isGivenBackOnce() {
        TokenStore store = openStore();
        Lease first = leased(store, KEY);
        Crowd.await(crowd.start(() -> {
            first.close();
            return null;
        }));
        assertThat(first.isHeld()).isFalse();

        try (Lease next = leased(store, KEY)) {
            first.close();
            assertThat(next.isHeld()).isTrue();
            assertThat(openStore().tryLease(KEY, LIFE)).isNull();
        }
    }

    @Test
    final void fence_overHandlesAndDeletions_alwaysGrows() {
        List<TokenStore> handles = List.of(openStore(), openStore());
        long last = -1;
        for (int i = 0; i < 10; i++) {
            TokenStore store = handles.get(i % 2);
            try (Lease lease = leased(store, KEY)) {
                assertThat(lease.fence()).isGreaterThan(last);
                last = lease.fence();
                assertThat(store.write(KEY, 0, numbered(i), lease)).isTrue();
                assertThat(store.delete(KEY, store.read(KEY).version())).isTrue();
            }
        }
    }

    @Test
    final void tryLease_interruptedThread_isTakenAndStaysInterrupted() {
        TokenStore store = openStore();
        Crowd.await(crowd.start(() -> {
            Thread.currentThread().interrupt();
            leased(store, KEY).close();
            assertThat(Thread.interrupted()).isTrue();
            return null;
        }));
        leased(store, KEY).close();
    }

    @Test
    final void readsAndWrites_whileSomebodyHoldsTheLease_goOn() {
        TokenStore store = openStore();
        TokenStore second = openStore();
        try (Lease lease = leased(store, KEY)) {
            assertThat(store.write(KEY, 0, numbered(1), lease)).isTrue();
            long version = second.read(KEY).version();
            assertThat(second.write(KEY, version, numbered(2), null)).isTrue();

            assertThat(numberOf(store.read(KEY).partition()))
                    .as("a read under a lease is current")
                    .isEqualTo(2);
            assertThat(store.write(KEY, store.read(KEY).version(), numbered(3), lease))
                    .isTrue();
        }
    }

    @Test
    final void read_afterTakingTheLease_isCurrent() {
        TokenStore store = openStore();
        TokenStore second = openStore();
        TokenStoreContract.stored(store, KEY, 1);
        for (int i = 2; i < 10; i++) {
            TokenStore writer = i % 2 == 0 ? store : second;
            try (Lease lease = leased(writer, KEY)) {
                StoredPartition read = writer.read(KEY);
                assertThat(numberOf(read.partition())).isEqualTo(i - 1);
                assertThat(writer.write(KEY, read.version(), numbered(i), lease))
                        .isTrue();
            }
        }
    }

    @Test
    final void write_underAClosedLease_isLost() {
        TokenStore store = openStore();
        Lease lease = leased(store, KEY);
        lease.close();

        assertThat(store.write(KEY, 0, numbered(1), lease)).isFalse();
        assertThat(store.read(KEY).isAbsent()).isTrue();
    }

    @Test
    final void write_underALeaseThatSomebodyElseTook_isLost() {
        TokenStore store = openStoreThatTakesLeasesAway();
        Assumptions.assumeTrue(store != null, "this store never takes a lease away");
        Lease hanging = leased(store, KEY, Duration.ofMillis(1));
        try (Lease next = leased(store, KEY)) {
            assertThat(next.fence()).isGreaterThan(hanging.fence());
            assertThat(store.write(KEY, 0, numbered(1), hanging)).isFalse();
            assertThat(hanging.isHeld()).isFalse();
            assertThat(store.read(KEY).isAbsent()).isTrue();
            hanging.close();
            assertThat(store.write(KEY, 0, numbered(2), next)).isTrue();
        }
    }

    @Test
    final void lease_manyThreadsOnTwoHandles_oneAtATime() {
        List<TokenStore> handles = List.of(openStore(), openStore());
        AtomicInteger inside = new AtomicInteger();
        List<Callable<?>> tasks = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            TokenStore store = handles.get(i % 2);
            tasks.add(() -> {
                for (int round = 0; round < 15; round++) {
                    renewUnderLease(store, inside);
                }
                return null;
            });
        }

        crowd.runAll(tasks);

        assertThat(numberOf(openStore().read(KEY).partition())).isEqualTo(8 * 15);
    }

    /** Reads, takes time and writes, like a refresh; under the lease the write cannot be lost. */
    @SuppressWarnings("ThreadPriorityCheck") // lets other threads interfere; nothing relies on it
    private static void renewUnderLease(TokenStore store, AtomicInteger inside) {
        try (Lease lease = leased(store, KEY)) {
            assertThat(inside.incrementAndGet()).isEqualTo(1);
            StoredPartition read = store.read(KEY);
            Thread.yield();
            long next = numberOf(read.partition()) + 1;
            assertThat(store.write(KEY, read.version(), numbered(next), lease)).isTrue();
            assertThat(inside.decrementAndGet()).isZero();
        }
    }

    /** The lease, as soon as nobody else holds it. */
    static Lease leased(TokenStore store, PartitionKey key) {
        return leased(store, key, LIFE);
    }

    private static Lease leased(TokenStore store, PartitionKey key, Duration life) {
        AtomicReference<@Nullable Lease> taken = new AtomicReference<>();
        Crowd.awaitUntil("the lease is free", () -> {
            taken.set(store.tryLease(key, life));
            return taken.get() != null;
        });
        return Objects.requireNonNull(taken.get());
    }
}
