package dev.latchkey.testkit;

import static dev.latchkey.testkit.SamplePartitions.full;
import static dev.latchkey.testkit.SamplePartitions.numberOf;
import static dev.latchkey.testkit.SamplePartitions.numbered;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.core.account.PartitionKey;
import dev.latchkey.core.cache.Partition;
import dev.latchkey.store.Registration;
import dev.latchkey.store.StoredPartition;
import dev.latchkey.store.TokenStore;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/**
 * The contract of every {@link TokenStore}, including its leases; extend it to test a store. Each test starts without
 * data and opens one or two handles on the same data: two nodes, two processes, or for a store that cannot be shared,
 * the same object twice.
 */
public abstract class TokenStoreContract extends LookUpContract {
    private static final PartitionKey KEY = PartitionKey.user("login.example", "ada.t1");
    private static final PartitionKey OTHER = PartitionKey.user("login.example", "bob.t1");

    /** For subclasses. */
    protected TokenStoreContract() {}

    /** Whether listeners are notified of changes made through another handle. Default true. */
    protected boolean noticesOtherHandles() {
        return true;
    }

    @Test
    final void read_nothingStored_isAbsent() {
        StoredPartition read = openStore().read(KEY);

        assertThat(read.isAbsent()).isTrue();
        assertThat(read.version()).isZero();
        assertThat(read.partition()).isEqualTo(Partition.EMPTY);
    }

    @Test
    final void write_everythingAPersonHas_isReadBackByBothHandles() {
        TokenStore store = openStore();
        TokenStore second = openStore();
        PartitionKey key = SamplePartitions.keyOf("ada");

        assertThat(store.write(key, 0, full("ada"), null)).isTrue();

        assertThat(store.read(key).partition()).isEqualTo(full("ada"));
        assertThat(store.read(key).version()).isPositive();
        assertThat(second.read(key).partition()).isEqualTo(full("ada"));
        assertThat(second.read(key).version()).isEqualTo(store.read(key).version());
    }

    @Test
    final void write_versionThatWasRead_replacesUnderAnotherVersion() {
        TokenStore store = openStore();
        long first = stored(store, KEY, 1);

        assertThat(store.write(KEY, first, numbered(2), null)).isTrue();

        assertThat(numberOf(store.read(KEY).partition())).isEqualTo(2);
        assertThat(store.read(KEY).version()).isNotEqualTo(first);
    }

    @Test
    final void write_anotherVersion_isLostAndChangesNothing() {
        TokenStore store = openStore();
        long first = stored(store, KEY, 1);
        assertThat(store.write(KEY, first, numbered(2), null)).isTrue();

        assertThat(store.write(KEY, first, numbered(3), null)).isFalse();
        assertThat(store.write(KEY, 0, numbered(3), null)).isFalse();
        assertThat(store.write(KEY, Long.MAX_VALUE, numbered(3), null)).isFalse();
        assertThat(store.write(OTHER, first, numbered(3), null)).isFalse();

        assertThat(numberOf(store.read(KEY).partition())).isEqualTo(2);
        assertThat(store.read(OTHER).isAbsent()).isTrue();
    }

    @Test
    final void write_lostToAnotherHandle_nextReadIsCurrent() {
        TokenStore store = openStore();
        TokenStore second = openStore();
        long first = stored(store, KEY, 1);
        StoredPartition stale = second.read(KEY);
        assertThat(store.write(KEY, first, numbered(2), null)).isTrue();

        assertThat(second.write(KEY, stale.version(), numbered(3), null)).isFalse();

        assertThat(numberOf(second.read(KEY).partition())).isEqualTo(2);
        assertThat(second.write(KEY, second.read(KEY).version(), numbered(3), null))
                .isTrue();
    }

    @Test
    final void delete_lostToAnotherHandle_nextReadIsCurrent() {
        TokenStore store = openStore();
        TokenStore second = openStore();
        long first = stored(store, KEY, 1);
        StoredPartition stale = second.read(KEY);
        assertThat(store.write(KEY, first, numbered(2), null)).isTrue();

        assertThat(second.delete(KEY, stale.version())).isFalse();

        assertThat(numberOf(second.read(KEY).partition())).isEqualTo(2);
        assertThat(second.delete(KEY, second.read(KEY).version())).isTrue();
        assertThat(store.read(KEY).isAbsent()).isTrue();
    }

    @Test
    final void write_emptyPartition_deletes() {
        TokenStore store = openStore();
        long first = stored(store, KEY, 1);

        assertThat(store.write(KEY, first, Partition.EMPTY, null)).isTrue();

        assertThat(store.read(KEY).isAbsent()).isTrue();
        assertThat(store.list()).isEmpty();
        assertThat(store.write(KEY, 0, Partition.EMPTY, null)).isTrue();
        assertThat(store.read(KEY).isAbsent()).isTrue();
    }

    @Test
    final void version_afterDeletion_isNeverGivenAgain() {
        List<TokenStore> handles = List.of(openStore(), openStore());
        Set<Long> versions = new HashSet<>();
        for (int i = 0; i < 20; i++) {
            TokenStore store = handles.get(i % 2);
            long version = stored(store, KEY, i);
            assertThat(versions.add(version)).as("version %s is new", version).isTrue();
            if (i % 3 == 0) {
                assertThat(store.write(KEY, version, numbered(i), null)).isTrue();
                version = store.read(KEY).version();
                assertThat(versions.add(version))
                        .as("version %s is new", version)
                        .isTrue();
            }
            assertThat(store.delete(KEY, version)).isTrue();
        }
        assertThat(handles.get(0).write(KEY, versions.iterator().next(), numbered(1), null))
                .isFalse();
    }

    @Test
    final void read_otherHandleWrote_isSeenAtOnce() {
        TokenStore store = openStore();
        TokenStore second = openStore();
        long first = stored(store, KEY, 1);
        assertThat(numberOf(second.read(KEY).partition())).isEqualTo(1);

        assertThat(store.write(KEY, first, numbered(2), null)).isTrue();
        assertThat(numberOf(second.read(KEY).partition())).isEqualTo(2);

        assertThat(store.delete(KEY, store.read(KEY).version())).isTrue();
        assertThat(second.read(KEY).isAbsent()).isTrue();
    }

    @Test
    final void keys_thatLookAlike_doNotMix() {
        TokenStore store = openStore();
        List<PartitionKey> keys = keysThatLookAlike();
        for (int i = 0; i < keys.size(); i++) {
            assertThat(store.write(keys.get(i), 0, numbered(keys.get(i), i + 1), null))
                    .isTrue();
        }

        TokenStore second = openStore();
        for (int i = 0; i < keys.size(); i++) {
            assertThat(second.read(keys.get(i)).partition()).isEqualTo(numbered(keys.get(i), i + 1));
        }
        assertThat(second.list()).containsExactlyInAnyOrderElementsOf(keys);

        assertThat(store.delete(keys.get(0), store.read(keys.get(0)).version())).isTrue();
        assertThat(Set.copyOf(openStore().list())).isEqualTo(Set.copyOf(keys.subList(1, keys.size())));
    }

    @Test
    final void onChange_ownWriteAndDelete_areNoticedUntilClosed() {
        TokenStore store = openStore();
        Queue<PartitionKey> noticed = new ConcurrentLinkedQueue<>();
        Registration registration = store.onChange(noticed::add);
        long version = stored(store, KEY, 1);
        Crowd.awaitUntil("notice of the write", () -> noticed.contains(KEY));
        noticed.clear();

        assertThat(store.delete(KEY, version)).isTrue();
        Crowd.awaitUntil("notice of the deletion", () -> noticed.contains(KEY));

        registration.close();
        registration.close();
        stored(store, OTHER, 1);
        assertThat(noticed).doesNotContain(OTHER);
    }

    @Test
    final void onChange_otherHandleWrites_isNoticedAndTheNextReadIsCurrent() {
        TokenStore store = openStore();
        TokenStore second = openStore();
        Queue<PartitionKey> noticed = new ConcurrentLinkedQueue<>();
        try (Registration registration = store.onChange(noticed::add)) {
            assertThat(registration).isNotNull();
            long version = stored(second, KEY, 1);
            if (noticesOtherHandles()) {
                Crowd.awaitUntil("notice of the write", () -> noticed.contains(KEY));
                assertThat(numberOf(store.read(KEY).partition())).isEqualTo(1);
                noticed.clear();
            }
            assertThat(second.delete(KEY, version)).isTrue();
            if (noticesOtherHandles()) {
                Crowd.awaitUntil("notice of the deletion", () -> noticed.contains(KEY));
            }
        }
    }

    @Test
    final void onChange_oneListenerThrows_theWriteAndTheOthersGoOn() {
        TokenStore store = openStore();
        Queue<PartitionKey> noticed = new ConcurrentLinkedQueue<>();
        try (Registration failing = store.onChange(key -> {
                    throw new IllegalStateException("a listener's mistake");
                });
                Registration healthy = store.onChange(noticed::add)) {
            assertThat(failing).isNotSameAs(healthy);
            stored(store, KEY, 1);
            Crowd.awaitUntil("notice of the write", () -> noticed.contains(KEY));
        }
    }

    @Test
    final void write_manyThreadsIncrement_noUpdateIsLost() {
        int threads = 8;
        int increments = 25;
        List<TokenStore> handles = List.of(openStore(), openStore());
        List<Callable<?>> tasks = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            TokenStore store = handles.get(i % 2);
            tasks.add(() -> increment(store, increments));
        }

        crowd.runAll(tasks);

        assertThat(numberOf(openStore().read(KEY).partition())).isEqualTo((long) threads * increments);
    }

    @Test
    final void read_whileOthersWrite_neverGoesBackAndIsNeverTorn() {
        TokenStore writer = openStore();
        TokenStore reader = openStore();
        AtomicBoolean done = new AtomicBoolean();
        List<Callable<?>> tasks = new ArrayList<>();
        tasks.add(() -> {
            try {
                return increment(writer, 200);
            } finally {
                done.set(true);
            }
        });
        tasks.add(() -> readRisingNumbers(writer, done));
        tasks.add(() -> readRisingNumbers(reader, done));

        crowd.runAll(tasks);

        assertThat(numberOf(openStore().read(KEY).partition())).isEqualTo(200);
    }

    @Test
    final void write_leaseOfAnotherKey_isTheCallersMistake() {
        TokenStore store = openStore();
        try (var lease = leased(store, OTHER)) {
            assertThatThrownBy(() -> store.write(KEY, 0, numbered(1), lease))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(store.read(KEY).isAbsent()).isTrue();
    }

    /** Stores a number where nothing is stored yet, and returns its version. */
    static long stored(TokenStore store, PartitionKey key, long number) {
        assertThat(store.write(key, 0, numbered(number), null)).isTrue();
        return store.read(key).version();
    }

    private static long increment(TokenStore store, int times) {
        for (int i = 0; i < times; ) {
            StoredPartition read = store.read(KEY);
            if (store.write(KEY, read.version(), numbered(numberOf(read.partition()) + 1), null)) {
                i++;
            }
        }
        return times;
    }

    private static long readRisingNumbers(TokenStore store, AtomicBoolean done) {
        long last = 0;
        while (!done.get()) {
            long number = numberOf(store.read(KEY).partition());
            assertThat(number).isGreaterThanOrEqualTo(last);
            last = number;
        }
        return last;
    }

    private static List<PartitionKey> keysThatLookAlike() {
        return List.of(
                KEY,
                PartitionKey.user("login.example", "Ada.t1"),
                PartitionKey.user("login.other", "ada.t1"),
                PartitionKey.applicationTokens("login.example", "ada.t1"),
                PartitionKey.onBehalfOf("login.example", "ada.t1"),
                PartitionKey.application("ada.t1"),
                PartitionKey.blob("ada.t1"),
                PartitionKey.user("login.example", "a|d|a"),
                PartitionKey.user("login.example", "../../etc/passwd"),
                PartitionKey.user("login.example", "\u00e4\u540d\ud83d\udd11 '\"%_\\"),
                PartitionKey.user("login.example", "x".repeat(2000)));
    }
}
