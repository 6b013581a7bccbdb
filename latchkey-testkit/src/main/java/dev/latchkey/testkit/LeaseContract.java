package dev.latchkey.testkit;

import static dev.latchkey.testkit.SamplePartitions.numberOf;
import static dev.latchkey.testkit.SamplePartitions.numbered;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.core.account.PartitionKey;
import dev.latchkey.core.error.AuthException;
import dev.latchkey.core.error.CacheException;
import dev.latchkey.core.error.ErrorCodes;
import dev.latchkey.store.Lease;
import dev.latchkey.store.StoredPartition;
import dev.latchkey.store.TokenStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** What the leases of every {@link TokenStore} must do: the part of {@link TokenStoreContract} that is about them. */
abstract class LeaseContract {
    private static final PartitionKey KEY = PartitionKey.user("login.example", "ada.t1");
    private static final PartitionKey OTHER = PartitionKey.user("login.example", "bob.t1");

    final Crowd crowd = new Crowd();

    /** Another handle on the data of the running test, which are empty before the first. */
    protected abstract TokenStore openStore();

    /**
     * As {@link #openStore}, but so that a lease held by one is soon taken by the next who wants it; null if the store
     * never takes a lease from a holder that hangs. Default null.
     */
    protected @Nullable TokenStore openStoreThatTakesLeasesAway() {
        return null;
    }

    @AfterEach
    final void closeCrowd() {
        crowd.close();
    }

    @Test
    final void lease_heldByAnyHandle_excludesAllAtOnce() {
        TokenStore store = openStore();
        TokenStore second = openStore();
        try (Lease lease = store.lease(KEY, Crowd.PATIENCE)) {
            assertThat(lease.isHeld()).isTrue();
            assertThat(lease.key()).isEqualTo(KEY);
            assertTimesOut(store, Duration.ZERO);
            assertTimesOut(second, Duration.ZERO);
            Future<?> elsewhere = crowd.start(() -> {
                assertTimesOut(second, Duration.ofMillis(20));
                return null;
            });
            Crowd.await(elsewhere);
        }
    }

    @Test
    final void lease_ofOtherKeys_isFree() {
        TokenStore store = openStore();
        try (Lease one = store.lease(KEY, Duration.ZERO);
                Lease two = store.lease(OTHER, Duration.ZERO)) {
            assertThat(one.isHeld()).isTrue();
            assertThat(two.isHeld()).isTrue();
        }
    }

    @Test
    final void lease_closed_isFreeForTheOneWhoWaits() throws Exception {
        TokenStore store = openStore();
        TokenStore second = openStore();
        CountDownLatch waiting = new CountDownLatch(2);
        Lease held = store.lease(KEY, Duration.ZERO);
        List<Future<Long>> waiters = new ArrayList<>();
        for (TokenStore handle : List.of(store, second)) {
            waiters.add(crowd.start(() -> {
                waiting.countDown();
                try (Lease lease = handle.lease(KEY, Crowd.PATIENCE)) {
                    return lease.fence();
                }
            }));
        }
        waiting.await();

        held.close();

        assertThat(Crowd.await(waiters.get(0))).isGreaterThan(held.fence());
        assertThat(Crowd.await(waiters.get(1))).isGreaterThan(held.fence());
    }

    @Test
    final void lease_closedByAnotherThreadAndTwice_isGivenBackOnce() {
        TokenStore store = openStore();
        Lease first = store.lease(KEY, Duration.ZERO);
        Crowd.await(crowd.start(() -> {
            first.close();
            return null;
        }));
        assertThat(first.isHeld()).isFalse();

        try (Lease next = store.lease(KEY, Duration.ZERO)) {
            first.close();
            assertThat(next.isHeld()).isTrue();
            assertTimesOut(openStore(), Duration.ZERO);
        }
    }

    @Test
    final void fence_overHandlesAndDeletions_alwaysGrows() {
        List<TokenStore> handles = List.of(openStore(), openStore());
        long last = -1;
        for (int i = 0; i < 10; i++) {
            TokenStore store = handles.get(i % 2);
            try (Lease lease = store.lease(KEY, Duration.ZERO)) {
                assertThat(lease.fence()).isGreaterThan(last);
                last = lease.fence();
                assertThat(store.write(KEY, 0, numbered(i), lease)).isTrue();
                assertThat(store.delete(KEY, store.read(KEY).version())).isTrue();
            }
        }
    }

    @Test
    final void lease_waiterInterrupted_saysSoAndStaysInterrupted() {
        TokenStore store = openStore();
        try (Lease lease = store.lease(KEY, Duration.ZERO)) {
            Crowd.await(crowd.start(() -> {
                Thread.currentThread().interrupt();
                assertThatThrownBy(() -> store.lease(KEY, Crowd.PATIENCE))
                        .isInstanceOfSatisfying(CacheException.class, e -> assertThat(e.errorCode())
                                .isEqualTo(ErrorCodes.INTERRUPTED));
                assertThat(Thread.interrupted()).isTrue();
                return null;
            }));
            assertThat(lease.isHeld()).isTrue();
        }
        store.lease(KEY, Duration.ZERO).close();
    }

    @Test
    final void readsAndWrites_whileSomebodyHoldsTheLease_goOn() {
        TokenStore store = openStore();
        TokenStore second = openStore();
        try (Lease lease = store.lease(KEY, Duration.ZERO)) {
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
            try (Lease lease = writer.lease(KEY, Duration.ZERO)) {
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
        Lease lease = store.lease(KEY, Duration.ZERO);
        lease.close();

        assertThat(store.write(KEY, 0, numbered(1), lease)).isFalse();
        assertThat(store.read(KEY).isAbsent()).isTrue();
    }

    @Test
    final void write_underALeaseThatSomebodyElseTook_isLost() {
        TokenStore store = openStoreThatTakesLeasesAway();
        Assumptions.assumeTrue(store != null, "this store never takes a lease away");
        Lease hanging = store.lease(KEY, Duration.ZERO);
        try (Lease next = store.lease(KEY, Crowd.PATIENCE)) {
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

    /** As a refresh does it: read, take time, write; under the lease the write cannot lose. */
    @SuppressWarnings("ThreadPriorityCheck") // gives others the chance to break in; nothing relies on it
    private static void renewUnderLease(TokenStore store, AtomicInteger inside) {
        try (Lease lease = store.lease(KEY, Crowd.PATIENCE)) {
            assertThat(inside.incrementAndGet()).isEqualTo(1);
            StoredPartition read = store.read(KEY);
            Thread.yield();
            long next = numberOf(read.partition()) + 1;
            assertThat(store.write(KEY, read.version(), numbered(next), lease)).isTrue();
            assertThat(inside.decrementAndGet()).isZero();
        }
    }

    private static void assertTimesOut(TokenStore store, Duration wait) {
        assertThatThrownBy(() -> store.lease(KEY, wait).close())
                .isInstanceOf(CacheException.class)
                .extracting(e -> ((AuthException) e).errorCode())
                .isEqualTo(ErrorCodes.CACHE_LEASE_TIMEOUT);
    }
}
