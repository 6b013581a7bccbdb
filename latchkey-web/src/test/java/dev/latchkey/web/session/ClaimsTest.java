package dev.latchkey.web.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.authority.VirtualClock;
import dev.latchkey.core.Secret;
import dev.latchkey.core.account.PartitionKey;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each sign-in is answered once across all nodes, with bounded storage. */
final class ClaimsTest {
    private final VirtualClock clock = VirtualClock.atPresent();
    private final CountingStore store = new CountingStore();
    private final Claims claims = node();

    private Claims node() {
        return new Claims(Front.of("client", "https://op.example", "/latchkey"), store, clock);
    }

    private Interaction interaction(String state, boolean isOfMember) {
        return interaction(clock, state, isOfMember);
    }

    static Interaction interaction(VirtualClock clock, String state, boolean isOfMember) {
        return new Interaction(
                "i".repeat(22),
                Interaction.Type.POPUP,
                state,
                Secret.of("x"),
                null,
                null,
                null,
                isOfMember,
                clock.instant().plus(Duration.ofMinutes(10)));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void claim_secondTime_isRefusedOnEveryNode(boolean isOfMember) {
        Interaction interaction = interaction("one", isOfMember);

        assertThat(claims.claim(interaction)).isTrue();
        assertThat(claims.claim(interaction)).isFalse();
        assertThat(node().claim(interaction)).isFalse();
        assertThat(claims.claim(interaction("another", isOfMember))).isTrue();
    }

    @Test
    void claim_byManyAtOnce_isGivenToOne() throws Exception {
        Interaction interaction = interaction("one", false);
        AtomicInteger given = new AtomicInteger();
        CountDownLatch done = new CountDownLatch(8);
        for (int i = 0; i < 8; i++) {
            Claims node = node();
            new Thread(() -> {
                        if (node.claim(interaction)) {
                            given.incrementAndGet();
                        }
                        done.countDown();
                    })
                    .start();
        }
        done.await();

        assertThat(given).hasValue(1);
    }

    @Test
    void state_openClaimedStalled_inThisOrder() {
        Interaction interaction = interaction("one", false);
        assertThat(claims.stateOf(interaction)).isEqualTo(Claims.State.OPEN);

        claims.claim(interaction);

        assertThat(claims.stateOf(interaction)).isEqualTo(Claims.State.CLAIMED);
        clock.advance(Duration.ofSeconds(89));
        assertThat(claims.stateOf(interaction)).isEqualTo(Claims.State.CLAIMED);
        clock.advance(Duration.ofSeconds(1));
        assertThat(claims.stateOf(interaction)).isEqualTo(Claims.State.STALLED);
    }

    @Test
    void givenUp_beforeOrAfterTheClaim_staysSo() {
        Interaction before = interaction("before", true);
        Interaction after = interaction("after", true);
        claims.claim(after);

        claims.giveUp(before);
        claims.giveUp(after);

        assertThat(claims.claim(before)).isFalse();
        assertThat(claims.isGivenUp(before)).isTrue();
        assertThat(node().isGivenUp(after)).isTrue();
        assertThat(claims.isGivenUp(interaction("another", true))).isFalse();
    }

    @Test
    void claim_ofWhatIsOver_isForgotten() {
        claims.claim(interaction("one", false));
        clock.advance(Duration.ofMinutes(10));

        new BlobStore(store, clock).sweep();

        assertThat(store.list()).isEmpty();
    }

    /** Otherwise expired entries would displace current ones. */
    @Test
    void claim_besideWhatIsOver_takesItsPlaceInTheBlob() {
        Interaction early = interaction("early", false);
        claims.claim(early);
        PartitionKey place = store.list().iterator().next();
        clock.advance(Duration.ofMinutes(5));
        claims.claim(besides("middle", place));
        clock.advance(Duration.ofMinutes(5));
        claims.claim(besides("late", place));

        assertThat(ClaimSlot.decode(store.read(place).partition().blob().text()).claims())
                .as("the early one is over")
                .hasSize(2);
    }

    /** A sign-in recorded in the same slot. */
    private Interaction besides(String state, PartitionKey place) {
        return IntStream.range(0, 10_000)
                .mapToObj(i -> interaction(state + i, false))
                .filter(it -> claims.placeOf(it).equals(place))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void claims_areSpreadOverAllNotesApartForStrangers() {
        Set<PartitionKey> strangers = new HashSet<>();
        Set<PartitionKey> members = new HashSet<>();
        for (int i = 0; i < 4_000; i++) {
            strangers.add(claims.placeOf(interaction("one " + i, false)));
            members.add(claims.placeOf(interaction("one " + i, true)));
        }

        assertThat(strangers).hasSize(Claims.SLOTS).doesNotContainAnyElementsOf(members);
        assertThat(members).hasSize(Claims.SLOTS);
    }
}
