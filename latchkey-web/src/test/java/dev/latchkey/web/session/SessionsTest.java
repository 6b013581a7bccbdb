package dev.latchkey.web.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.authority.VirtualClock;
import dev.latchkey.core.cache.Blob;
import dev.latchkey.store.Registration;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** The lifetime of a session, its name in the store, and the list of each account's sessions. */
final class SessionsTest {
    private static final Duration IDLE = Duration.ofHours(12);
    private static final Front FRONT = Front.of("client", "https://op.example", "/latchkey");
    private static final Front OTHER = Front.of("client", "https://op.example", "/other");
    private static final AccountRef ALICE = new AccountRef("alice", "op.example", "");
    private static final AccountRef BOB = new AccountRef("bob", "op.example", "");
    private static final SessionData OF_ALICE = SessionData.EMPTY.with(ALICE);

    private final VirtualClock clock = VirtualClock.at(Instant.ofEpochSecond(1_800_000_000));
    private final CountingStore store = new CountingStore();
    private final Sessions sessions = new Sessions(FRONT, store, clock, IDLE);
    private final Sessions others = new Sessions(OTHER, store, clock, IDLE.multipliedBy(10));

    private Blob index() {
        return store.read(FRONT.sessionsOf(ALICE)).partition().blob();
    }

    private Outcome success(String id) {
        return Outcome.success(id, "{}", ALICE, clock.instant());
    }

    @Test
    void session_thatNeverWas_isNeitherReadNorChanged() {
        SessionId unknown = SessionId.fresh();

        assertThat(sessions.read(unknown)).isNull();
        assertThat(sessions.readNewest(unknown)).isNull();
        assertThat(sessions.change(unknown, data -> data.with(ALICE))).isNull();
        assertThat(sessions.rotate(unknown, data -> data.with(ALICE))).isNull();
        assertThat(store.list()).isEmpty();
    }

    @Test
    void session_created_isReadAsItWasByEveryNode() {
        SessionId id = sessions.create(OF_ALICE);

        assertThat(sessions.read(id)).isEqualTo(OF_ALICE);
        int peeks = store.peeks.get();
        assertThat(new Sessions(FRONT, store, clock, IDLE).readNewest(id)).isEqualTo(OF_ALICE);
        assertThat(store.peeks).as("past memory").hasValue(peeks);
        assertThat(others.read(id)).as("under another front").isNull();
        assertThat(sessions.isInUse(ALICE)).isTrue();
        assertThat(others.isInUse(ALICE)).isTrue();
        assertThat(sessions.isInUse(BOB)).isFalse();
    }

    @Test
    void session_thatNobodyUses_isOverWhenIdle() {
        SessionId id = sessions.create(OF_ALICE);
        clock.advance(IDLE.minusSeconds(1));
        assertThat(sessions.readNewest(id)).as("this is no use").isNotNull();

        clock.advance(Duration.ofSeconds(1));

        assertThat(sessions.read(id)).isNull();
        assertThat(sessions.readNewest(id)).isNull();
        assertThat(sessions.isInUse(ALICE)).isFalse();
    }

    @Test
    void session_usedInItsSecondHalf_beginsItsTimeAnew() {
        SessionId id = sessions.create(OF_ALICE);
        int writes = store.writes.get();
        clock.advance(IDLE.dividedBy(2));
        sessions.read(id);
        assertThat(store.writes).as("not yet").hasValue(writes);
        clock.advance(Duration.ofSeconds(1));

        assertThat(sessions.read(id)).isEqualTo(OF_ALICE);

        clock.advance(IDLE.minusSeconds(1));
        assertThat(sessions.read(id)).isEqualTo(OF_ALICE);
        clock.advance(IDLE);
        assertThat(sessions.read(id)).isNull();
    }

    @Test
    void session_thatEverybodyLeft_isOverAMinuteLaterHoweverOftenRead() {
        SessionId id = sessions.create(OF_ALICE);

        assertThat(sessions.change(id, data -> data.without(ALICE))).isEqualTo(SessionData.EMPTY);

        clock.advance(Duration.ofSeconds(59));
        assertThat(sessions.read(id)).isEqualTo(SessionData.EMPTY);
        clock.advance(Duration.ofSeconds(1));
        assertThat(sessions.read(id)).isNull();
    }

    @Test
    void session_ofNobodyWithOutcomes_livesUntilTheLastCanBeFetched() {
        SessionId id = sessions.create(SessionData.EMPTY.ended(success("first")));
        clock.advance(Duration.ofSeconds(60));
        sessions.change(id, data -> data.ended(success("second")));

        clock.advance(Duration.ofSeconds(299));
        assertThat(sessions.read(id).outcomes()).extracting(Outcome::id).containsExactly("second");
        clock.advance(Duration.ofSeconds(1));

        assertThat(sessions.read(id)).isNull();
    }

    /** Outcomes may contain tokens. */
    @Test
    void outcomes_thatAreOver_areNotWrittenAgain() {
        SessionId id = sessions.create(OF_ALICE.ended(success("first")));
        clock.advance(Duration.ofMinutes(5));

        sessions.change(id, data -> data.ended(success("second")));

        String text = store.read(FRONT.keyOf(id)).partition().blob().text();
        assertThat(text).contains("second").doesNotContain("first");
    }

    @Test
    void session_rotated_isUnderItsNewIdAlone() {
        SessionId old = sessions.create(OF_ALICE);

        SessionId fresh = sessions.rotate(old, data -> data.with(BOB));

        assertThat(fresh).isNotEqualTo(old);
        assertThat(sessions.read(fresh)).isEqualTo(OF_ALICE.with(BOB));
        assertThat(sessions.read(old)).isNull();
        assertThat(sessions.isInUse(BOB)).isTrue();
        assertThat(index().text()).contains(fresh.digest()).doesNotContain(old.digest());
    }

    /** A concurrent change of the session makes the operation repeat. */
    @Test
    void account_thatDoesNotJoinAfterAll_isNotNoted() {
        SessionId old = sessions.create(OF_ALICE);
        AtomicBoolean isFirst = new AtomicBoolean(true);

        SessionId fresh = sessions.rotate(old, data -> {
            if (isFirst.getAndSet(false)) {
                sessions.change(old, other -> other.ended(success("meanwhile")));
                return data.with(BOB);
            }
            return data;
        });

        assertThat(sessions.read(fresh).accounts()).containsExactly(ALICE);
        assertThat(store.list()).doesNotContain(FRONT.sessionsOf(BOB));
    }

    @Test
    void account_thatJoins_isNotedInTheSession() {
        SessionId id = sessions.create(OF_ALICE);

        sessions.change(id, data -> data.with(BOB));

        assertThat(sessions.isInUse(BOB)).isTrue();
    }

    @Test
    void session_ended_isGoneAndItsAccountsAreNotInUse() {
        SessionId id = sessions.create(OF_ALICE.with(BOB));

        sessions.end(id);
        sessions.end(id);

        assertThat(sessions.read(id)).isNull();
        assertThat(store.list()).isEmpty();
    }

    @Test
    void unlist_ofTheLastSession_saysSo() {
        SessionId id = sessions.create(OF_ALICE);

        assertThat(sessions.unlist(BOB, id)).as("never was in it").isFalse();
        assertThat(sessions.unlist(ALICE, SessionId.fresh())).as("in another").isFalse();
        assertThat(sessions.unlist(ALICE, id)).isTrue();
        assertThat(sessions.unlist(ALICE, id)).as("once").isFalse();
        assertThat(store.list()).as("only the session").hasSize(1);
    }

    @Test
    void unlist_whileAnotherSessionHasTheAccount_isNotTheLast() {
        SessionId here = sessions.create(OF_ALICE);
        SessionId there = others.create(OF_ALICE);

        assertThat(sessions.unlist(ALICE, here)).isFalse();
        assertThat(sessions.isInUse(ALICE)).isTrue();
        assertThat(others.unlist(ALICE, there)).isTrue();
    }

    @Test
    void unlist_whereTheOthersAreOver_isTheLast() {
        sessions.create(OF_ALICE);
        clock.advance(IDLE);
        SessionId id = sessions.create(OF_ALICE);

        assertThat(sessions.unlist(ALICE, id)).isTrue();
    }

    /** Otherwise every read of a session would be a write. */
    @Test
    void account_notedAlready_isNotNotedAgainUntilTheBlobGrowsOld() {
        SessionId id = sessions.create(OF_ALICE);
        int writes = store.writes.get();

        clock.advance(IDLE.minusSeconds(1));
        sessions.change(id, data -> data);
        assertThat(store.writes).as("the session alone").hasValue(writes + 1);

        clock.advance(Duration.ofSeconds(1));
        sessions.change(id, data -> data);
        assertThat(store.writes).as("and the list").hasValue(writes + 3);
        assertThat(index().expiresOn()).isEqualTo(clock.instant().plus(IDLE.multipliedBy(2)));
    }

    @Test
    void list_ofAnAccount_lastsAsLongAsTheLongestFrontNeeds() {
        others.create(OF_ALICE);
        Instant until = index().expiresOn();

        SessionId id = sessions.create(OF_ALICE);
        sessions.unlist(ALICE, id);

        assertThat(until).isEqualTo(clock.instant().plus(IDLE.multipliedBy(20)));
        assertThat(index().expiresOn()).isEqualTo(until);
    }

    @Test
    void list_ofAnAccount_forgetsSessionsThatAreOver() {
        SessionId early = sessions.create(OF_ALICE);
        clock.advance(IDLE);

        SessionId late = sessions.create(OF_ALICE);

        assertThat(index().text()).contains(late.digest()).doesNotContain(early.digest());
    }

    @Test
    void account_removedEverywhere_isInNoSessionOfAnyFront() {
        SessionId here = sessions.create(OF_ALICE.with(BOB).activating(ALICE));
        SessionId there = others.create(OF_ALICE);
        Blob before = store.read(OTHER.keyOf(there)).partition().blob();

        sessions.removeEverywhere(ALICE);
        sessions.removeEverywhere(ALICE);

        assertThat(sessions.read(here).accounts()).containsExactly(BOB);
        assertThat(others.read(there)).isEqualTo(SessionData.EMPTY);
        assertThat(store.read(OTHER.keyOf(there)).partition().blob().expiresOn())
                .as("for that front to say")
                .isEqualTo(before.expiresOn());
        assertThat(sessions.isInUse(ALICE)).isFalse();
        assertThat(store.list()).doesNotContain(FRONT.sessionsOf(ALICE));
    }

    @Test
    void account_removedEverywhere_bringsNoSessionBackThatIsOver() {
        sessions.create(OF_ALICE);
        clock.advance(IDLE);

        sessions.removeEverywhere(ALICE);

        assertThat(store.list()).isEmpty();
    }

    @Test
    void changes_ofSessionsOfThisFront_areToldByDigest() {
        List<String> told = new ArrayList<>();
        SessionId id;
        try (Registration registration = sessions.onChange(told::add)) {
            id = sessions.create(OF_ALICE);
            others.create(OF_ALICE);
        }
        sessions.change(id, data -> data.with(BOB));

        assertThat(told).containsExactly(id.digest());
    }

    @Test
    void sweep_dropsWhatIsOverAndNothingElse() {
        sessions.create(OF_ALICE);
        clock.advance(IDLE);
        SessionId alive = sessions.create(SessionData.EMPTY.with(BOB));

        sessions.sweep();

        assertThat(store.list())
                .containsExactlyInAnyOrder(FRONT.keyOf(alive), FRONT.sessionsOf(BOB), FRONT.sessionsOf(ALICE));
    }

    @Test
    void stepUp_ofASession_staysWithItWhenRotated() {
        StepUp done = StepUp.of("{}", Map.of());
        SessionId id = sessions.create(OF_ALICE.steppedUp(done));

        SessionId fresh = sessions.rotate(id, data -> data.with(BOB));

        assertThat(sessions.read(fresh).stepUps()).containsExactly(done);
    }
}
