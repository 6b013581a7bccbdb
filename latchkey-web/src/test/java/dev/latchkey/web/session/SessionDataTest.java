package dev.latchkey.web.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A session's memory is limited: the oldest entries are dropped. */
final class SessionDataTest {
    private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000);

    private static AccountRef account(int number) {
        return new AccountRef("home" + number, "op.example", "tenant");
    }

    @Test
    void accounts_moreThanSixteen_theOldestGoes() {
        SessionData session = SessionData.EMPTY;
        for (int i = 0; i <= SessionData.MOST_ACCOUNTS; i++) {
            session = session.with(account(i));
        }

        assertThat(session.accounts()).hasSize(16).doesNotContain(account(0)).contains(account(16));
        assertThat(session.active()).as("the first was active and is gone").isEqualTo(account(16));
    }

    @Test
    void stepUps_moreThanFour_theOldestGoesAndTheSameIsReplaced() {
        SessionData session = SessionData.EMPTY;
        for (int i = 0; i <= SessionData.MOST_STEP_UPS; i++) {
            session = session.steppedUp(StepUp.of("{\"a\":" + i + "}", Map.of()));
        }
        session = session.steppedUp(StepUp.of("{\"a\":2}", Map.of()));

        assertThat(session.stepUps())
                .extracting(StepUp::claims)
                .containsExactly("{\"a\":1}", "{\"a\":3}", "{\"a\":4}", "{\"a\":2}");
    }

    @Test
    void outcomes_moreThanFour_theOldestGoesAndTheSameIsReplaced() {
        SessionData session = SessionData.EMPTY;
        for (int i = 0; i <= SessionData.MOST_OUTCOMES; i++) {
            session = session.ended(Outcome.success("id" + i, "{}", account(i), NOW));
        }
        session = session.ended(Outcome.success("id2", "{}", account(7), NOW));

        assertThat(session.outcomes()).extracting(Outcome::id).containsExactly("id1", "id3", "id4", "id2");
        assertThat(session.outcome("id3")).map(Outcome::id).contains("id3");
        assertThat(session.outcome("id0")).isEmpty();
        assertThat(session.without(account(7)).outcome("id2")).isEmpty();
        assertThat(session.forgotten("id3").outcome("id3")).isEmpty();
        assertThat(session.pruned(NOW.plusSeconds(299)).outcomes()).hasSize(4);
        assertThat(session.pruned(NOW.plusSeconds(300)).outcomes()).isEmpty();
    }

    @Test
    void accounts_sixteen_allStayAndTheFirstIsActive() {
        SessionData session = SessionData.EMPTY;
        for (int i = 0; i < SessionData.MOST_ACCOUNTS; i++) {
            session = session.with(account(i)).with(account(i));
        }

        assertThat(session.accounts()).hasSize(16).contains(account(0));
        assertThat(session.active()).isEqualTo(account(0));
    }

    /** An account that was dropped must not remain the default. */
    @Test
    void active_thatIsNotHere_isReplacedByWhoeverSignsIn() {
        SessionData session = SessionData.EMPTY.activating(account(9)).with(account(1));

        assertThat(session.active()).isEqualTo(account(1));
    }

    @Test
    void whoIsMeant_activeElseTheOnlyOne() {
        SessionData one = SessionData.EMPTY.with(account(1));
        SessionData two = one.with(account(2));

        assertThat(SessionData.EMPTY.whoIsMeant()).isEmpty();
        assertThat(one.activating(null).whoIsMeant()).contains(account(1));
        assertThat(two.activating(null).whoIsMeant()).isEmpty();
        assertThat(two.activating(account(2)).whoIsMeant()).contains(account(2));
    }

    @Test
    void signOut_ofTheActive_leavesNobodyActive() {
        SessionData two = SessionData.EMPTY.with(account(1)).with(account(2));

        assertThat(two.without(account(1)).active()).isNull();
        assertThat(two.without(account(2)).active()).isEqualTo(account(1));
        assertThat(two.without(two.accounts()).isEmpty()).isTrue();
        assertThat(two.isEmpty()).isFalse();
    }

    @Test
    void signOut_ofSomebodyOfTheSession_endsItsStepUps() {
        SessionData session =
                SessionData.EMPTY.with(account(1)).with(account(2)).steppedUp(StepUp.of("{}", Map.of()));

        assertThat(session.without(account(3)).stepUps()).hasSize(1);
        assertThat(session.without(account(2)).stepUps()).isEmpty();
    }

    @Test
    void signOut_takesOnlyTheAccountsOwnTokensAway() {
        SessionData session = SessionData.EMPTY
                .with(account(1))
                .with(account(2))
                .ended(Outcome.success("one", "{}", account(1), NOW))
                .ended(Outcome.success("two", "{}", account(2), NOW))
                .ended(Outcome.failure("three", 401, "{}", NOW));

        assertThat(session.without(account(1)).outcomes())
                .extracting(Outcome::id)
                .containsExactly("two", "three");
    }

    @Test
    void leaving_namedElseEverybodyTheActiveFirst() {
        SessionData session =
                SessionData.EMPTY.with(account(1)).with(account(2)).activating(account(2));

        assertThat(session.leaving(account(1))).containsExactly(account(1));
        assertThat(session.leaving(account(3))).isEmpty();
        assertThat(session.leaving(null)).containsExactly(account(2), account(1));
        assertThat(session.activating(null).leaving(null)).containsExactly(account(1), account(2));
    }

    @Test
    void whatWasCopied_doesNotChange() {
        List<AccountRef> accounts = new ArrayList<>(List.of(account(1)));
        SessionData session = new SessionData(accounts, null, List.of(), List.of());
        accounts.clear();

        assertThat(session.accounts()).containsExactly(account(1));
    }

    @Test
    void session_asText_isReadAsItWas() {
        SessionData session = SessionData.EMPTY
                .with(account(1))
                .with(account(2))
                .steppedUp(StepUp.of("{}", Map.of("acr_values", "gold")))
                .ended(Outcome.success("id", "{\"a\":1}", account(1), NOW));

        assertThat(SessionCodec.decode(SessionCodec.encode(session))).isEqualTo(session);
    }
}
