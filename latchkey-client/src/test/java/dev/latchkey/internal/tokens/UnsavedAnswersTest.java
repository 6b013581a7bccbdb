package dev.latchkey.internal.tokens;

import static dev.latchkey.internal.tokens.StoreBench.KEY;
import static dev.latchkey.internal.tokens.StoreBench.full;
import static dev.latchkey.internal.tokens.StoreBench.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.CapturedLog;
import dev.latchkey.core.account.PartitionKey;
import dev.latchkey.core.cache.Partition;
import dev.latchkey.core.error.CacheException;
import dev.latchkey.core.error.ClientAuthException;
import dev.latchkey.core.error.ErrorCodes;
import dev.latchkey.store.Lease;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What the store did not take: how long it is kept, when it is tried again, and what ends that. */
class UnsavedAnswersTest {
    private final StoreBench bench = new StoreBench().holding("old");
    private final UnsavedAnswers unsaved = bench.unsaved;

    @Test
    void tries_comeLaterAndLater_butAtLeastOnceAMinute() {
        keep(KEY, with("new"));
        for (int i = 0; i < 15; i++) {
            bench.tryAgain();
        }

        assertThat(bench.pauses.stream().map(Duration::toSeconds))
                .startsWith(1L, 2L, 4L, 8L, 16L, 32L, 60L, 60L)
                .hasSize(16)
                .endsWith(60L, 60L);
        assertThat(bench.served()).containsExactly("new");
    }

    @Test
    void tries_endWhenTheStoreTakesIt() {
        keep(KEY, with("new"));
        bench.failure = null;

        bench.tryAgain();
        bench.tryAgain();

        assertThat(bench.stored()).containsExactly("new");
        assertThat(bench.pauses).hasSize(1);
        assertThat(bench.writes).isEqualTo(1);
    }

    @Test
    void storeThatBreaksItsContract_isTriedOnceAMinute() {
        keep(KEY, with("new"));
        bench.failure = new IllegalStateException("the disk is on fire");

        bench.tryAgain();
        bench.tryAgain();

        assertThat(bench.pauses.stream().map(Duration::toSeconds)).containsExactly(1L, 60L, 60L);
        assertThat(bench.served()).containsExactly("new");
    }

    @Test
    void changeThatIsRefusedNow_isDroppedAndTheLeaseIsFree() {
        boolean[] isRefused = new boolean[1];
        keepUnderLease(partition -> {
            if (isRefused[0]) {
                throw new ClientAuthException(ErrorCodes.ID_TOKEN_SUBJECT_MISMATCH, "somebody else came");
            }
            return with("new").apply(partition);
        });
        isRefused[0] = true;
        bench.failure = null;

        bench.tryAgain();

        assertThat(bench.served()).containsExactly("old");
        assertThat(bench.leasesHeld).isZero();
        assertThat(bench.pauses).hasSize(1);
    }

    @Test
    void lease_staysTakenUntilItIsWritten() {
        keepUnderLease(with("new"));
        assertThat(bench.leasesHeld).isEqualTo(1);

        bench.failure = null;
        bench.before = () -> assertThat(bench.leasesHeld).isEqualTo(1);
        bench.tryAgain();

        assertThat(bench.stored()).containsExactly("new");
        assertThat(bench.lastLease).as("what it was written under").isNotNull();
        assertThat(bench.leasesHeld).isZero();
    }

    /** Such as one that the store gave to somebody else after it was held for too long. */
    @Test
    void lease_lostMeanwhile_isWrittenWithoutIt() {
        keepUnderLease(with("new"));
        bench.lastLease.close();
        bench.failure = null;

        bench.tryAgain();

        assertThat(bench.stored()).containsExactly("new");
        assertThat(bench.lastLease).isNull();
    }

    @Test
    void lease_askedForAgain_isGivenOnceTheStoreTookWhatIsKept() {
        keepUnderLease(with("new"));
        assertThatThrownBy(() -> bench.leases.take(KEY, Duration.ZERO))
                .isInstanceOfSatisfying(CacheException.class, e -> assertThat(e.errorCode())
                        .isEqualTo(ErrorCodes.CACHE_QUOTA_EXCEEDED));

        bench.failure = null;
        try (Lease lease = bench.leases.take(KEY, Duration.ZERO)) {
            assertThat(lease.isHeld()).isTrue();
            assertThat(lease.key()).isEqualTo(KEY);
            assertThat(lease.fence()).isPositive();
            assertThat(bench.stored()).containsExactly("new");
        }
        assertThat(bench.leasesHeld).isZero();
    }

    @Test
    void more_forTheSameAccount_isKeptOnTop() {
        keep(KEY, with("new"));
        long version = unsaved.read(KEY).version();
        Partition served = keep(KEY, with("other", "more"));

        assertThat(StoreBench.tokens(served)).containsExactlyInAnyOrder("new", "more");
        assertThat(unsaved.read(KEY).version()).isGreaterThan(version);
        bench.failure = null;
        bench.tryAgain();
        assertThat(bench.stored()).containsExactlyInAnyOrder("new", "more");
    }

    @Test
    void more_keptWhileTheFirstIsWritten_isWrittenNext() {
        keepUnderLease(with("new"));
        bench.failure = null;
        bench.before = () -> {
            bench.before = () -> {};
            unsaved.keep(KEY, null, Partition.EMPTY, with("other", "more"), full());
        };

        bench.tryAgain();

        assertThat(bench.stored()).containsExactly("new");
        assertThat(bench.served()).containsExactlyInAnyOrder("new", "more");
        assertThat(bench.leasesHeld).as("nobody redeems meanwhile").isEqualTo(1);
        bench.tryAgain();
        assertThat(bench.stored()).containsExactlyInAnyOrder("new", "more");
        assertThat(bench.leasesHeld).isZero();
    }

    @Test
    void accounts_moreThanFit_areRefused_butNotMoreOfThoseThatAreKept() {
        for (int i = 0; i < 1_000; i++) {
            keep(user(i), with("new"));
        }

        assertThatThrownBy(() -> keep(user(1_000), with("new"))).isInstanceOf(CacheException.class);
        assertThat(StoreBench.tokens(keep(user(0), with("other", "more")))).contains("more");
        assertThat(unsaved.list()).hasSize(1_001).contains(KEY, user(0)).doesNotContain(user(1_000));
    }

    @Test
    void schedulerShutDown_theNextCallTries() {
        bench.schedulerIsShut = true;
        keepUnderLease(with("new"));
        bench.failure = null;

        bench.leases.take(KEY, Duration.ZERO).close();

        assertThat(bench.stored()).containsExactly("new");
    }

    @Test
    void othersWriteBetween_isAppliedToWhatTheyLeft() {
        keep(KEY, with("new"));
        bench.failure = null;
        bench.before = () -> {
            bench.before = () -> {};
            bench.put(KEY, with("other", "theirs").apply(Partition.EMPTY));
        };

        bench.tryAgain();

        assertThat(bench.stored()).containsExactlyInAnyOrder("theirs", "new");
    }

    @Test
    void othersWriteWithoutPause_isTriedLater() {
        keep(KEY, with("new"));
        int before = bench.writes;
        bench.failure = null;
        bench.before =
                () -> bench.put(KEY, with("other", "theirs" + bench.writes).apply(Partition.EMPTY));

        bench.tryAgain();

        assertThat(bench.writes - before).isEqualTo(100);
        assertThat(bench.pauses).hasSize(2);
        bench.before = () -> {};
        bench.tryAgain();
        assertThat(bench.stored()).contains("new");
    }

    @Test
    void write_ofWhatIsKept_needsTheVersionThatIsServed() {
        keepUnderLease(with("new"));
        long version = unsaved.read(KEY).version();
        bench.failure = null;

        assertThat(unsaved.write(KEY, version + 1, with("wrong").apply(Partition.EMPTY), null))
                .isFalse();
        assertThat(bench.stored()).containsExactly("old");
        assertThat(unsaved.write(KEY, version, with("newer").apply(Partition.EMPTY), null))
                .isTrue();

        assertThat(bench.stored()).containsExactly("newer");
        assertThat(bench.leasesHeld).isZero();
    }

    @Test
    void delete_ofWhatIsKept_leavesNothingToWrite() {
        keepUnderLease(with("new"));
        bench.failure = null;

        assertThat(unsaved.delete(KEY, unsaved.read(KEY).version() + 1)).isFalse();
        assertThat(unsaved.delete(KEY, unsaved.read(KEY).version())).isTrue();
        bench.tryAgain();

        assertThat(bench.stored()).isEmpty();
        assertThat(bench.served()).isEmpty();
        assertThat(bench.leasesHeld).isZero();
    }

    /** Whoever reads the log learns that it is over, and that nothing was lost. */
    @Test
    void written_isLogged_butNotWhatSomebodyElseSettled() {
        try (CapturedLog log = new CapturedLog()) {
            keep(KEY, with("new"));
            bench.failure = null;
            bench.tryAgain();
            unsaved.close();
            assertThat(log.text()).contains("took what was kept").doesNotContain("ERROR");
        }
        try (CapturedLog log = new CapturedLog()) {
            keep(KEY, with("newer"));
            bench.put(KEY, with("newer").apply(Partition.EMPTY));
            bench.failure = null;
            bench.tryAgain();
            assertThat(log.text()).doesNotContain("took what was kept");
        }
    }

    @Test
    void processEnds_whatIsLeftIsTriedOnceMore_andWhatIsLostIsSaid() {
        List<Thread> hooks = new ArrayList<>();
        UnsavedAnswers ending = bench.unsaved(hooks);
        bench.failure = full();
        ending.keep(KEY, null, Partition.EMPTY, with("new"), full());
        assertThat(hooks).hasSize(1);

        try (CapturedLog log = new CapturedLog()) {
            hooks.get(0).run();
            assertThat(log.text()).contains("ERROR", "1 answers");
        }
        bench.failure = null;
        hooks.get(0).run();
        assertThat(bench.stored()).containsExactly("new");
        assertThat(hooks).as("nothing left to say").isEmpty();
    }

    @Test
    void close_triesOnceMore_andGivesTheLeasesBack() {
        keepUnderLease(with("new"));
        int before = bench.writes;

        unsaved.close();

        assertThat(bench.writes).isEqualTo(before + 1);
        assertThat(bench.leasesHeld).isZero();
        assertThat(bench.served()).as("what the store has").containsExactly("old");
    }

    private Partition keep(PartitionKey key, UnaryOperator<Partition> change) {
        bench.failure = full();
        return unsaved.keep(key, null, bench.inner.read(key).partition(), change, full());
    }

    /** As a renewal does whose answer the store does not take. */
    private void keepUnderLease(UnaryOperator<Partition> change) {
        bench.failure = full();
        try (Lease lease = bench.leases.take(KEY, Duration.ZERO)) {
            bench.saver.save(KEY, lease, bench.inner.read(KEY).partition(), change);
        }
    }

    private static PartitionKey user(int number) {
        return PartitionKey.user("login.example", "user" + number);
    }
}
