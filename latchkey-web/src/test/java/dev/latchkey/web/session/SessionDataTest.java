package dev.latchkey.web.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a session remembers is bounded: the oldest goes. */
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
        assertThat(session.without(account(7)).outcome("id2")).isEmpty();
        assertThat(session.forgotten("id3").outcome("id3")).isEmpty();
        assertThat(session.pruned(NOW.plusSeconds(299)).outcomes()).hasSize(4);
        assertThat(session.pruned(NOW.plusSeconds(300)).outcomes()).isEmpty();
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
