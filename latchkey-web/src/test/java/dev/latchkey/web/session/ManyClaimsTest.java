package dev.latchkey.web.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.authority.VirtualClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** An unlimited number of sign-ins leaves bounded data, and affects only sign-ins of the same kind. */
final class ManyClaimsTest {
    private final VirtualClock clock = VirtualClock.atPresent();
    private final CountingStore store = new CountingStore();
    private final Claims claims = new Claims(Front.of("client", "https://op.example", "/latchkey"), store, clock);

    private Interaction interaction(String state, boolean isOfMember) {
        return ClaimsTest.interaction(clock, state, isOfMember);
    }

    /** Otherwise expired entries would displace current ones. */
    @Test
    void claim_ofWhatIsOver_leavesItsPlaceInTheBlob() {
        for (int i = 0; i < 100 * Claims.SLOTS / 10; i++) {
            claims.claim(interaction("early " + i, false));
        }
        clock.advance(Duration.ofMinutes(9));
        for (int i = 0; i < Claims.SLOTS * 10; i++) {
            claims.claim(interaction("middle " + i, false));
        }
        clock.advance(Duration.ofMinutes(1));
        for (int i = 0; i < Claims.SLOTS * 10; i++) {
            claims.claim(interaction("late " + i, false));
        }

        assertThat(store.list()).allSatisfy(key -> assertThat(
                        ClaimSlot.decode(store.read(key).partition().blob().text())
                                .claims())
                .allMatch(claim -> claim.expiresOn().isAfter(clock.instant())));
    }

    @Test
    void strangers_withoutEnd_pushOutOnlyTheOldestOfStrangers() {
        Interaction member = interaction("member", true);
        Interaction oldest = interaction("oldest", false);
        claims.claim(member);
        claims.claim(oldest);

        for (int i = 0; i < 20_000; i++) {
            claims.claim(interaction("stranger " + i, false));
        }

        assertThat(store.list()).hasSizeLessThanOrEqualTo(Claims.SLOTS + 1);
        assertThat(claims.claim(member)).isFalse();
        assertThat(claims.claim(interaction("stranger 19999", false))).isFalse();
        assertThat(claims.stateOf(oldest)).isEqualTo(Claims.State.OPEN);
        store.list()
                .forEach(key ->
                        assertThat(store.read(key).partition().blob().text()).hasSizeLessThan(ClaimSlot.MOST * 150));
    }
}
