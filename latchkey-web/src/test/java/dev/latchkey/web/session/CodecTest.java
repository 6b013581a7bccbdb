package dev.latchkey.web.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.core.Secret;
import dev.latchkey.core.error.AuthException;
import dev.latchkey.core.error.CacheException;
import dev.latchkey.core.error.ErrorCodes;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Data is read back as written; foreign data is an error or ignored. */
final class CodecTest {
    private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000);
    private static final AccountRef ALICE = new AccountRef("alice", "op.example", "tenant");

    @ParameterizedTest
    @EnumSource(Interaction.Type.class)
    void signIn_asText_isReadAsItWas(Interaction.Type type) {
        Interaction whole = new Interaction(
                "id",
                type,
                "state",
                Secret.of("saved"),
                "/inbox",
                ALICE,
                new StepUp("component", "{}", Map.of("acr_values", "gold")),
                true,
                NOW);
        Interaction bare = new Interaction("id", type, "state", Secret.of("saved"), null, null, null, false, NOW);

        assertThat(KeptCodec.decode(KeptCodec.encode(whole))).isEqualTo(whole);
        assertThat(KeptCodec.decode(KeptCodec.encode(bare))).isEqualTo(bare);
    }

    @Test
    void outcome_asText_isReadAsItWas() {
        Outcome success = Outcome.success("id", "{\"a\":1}", ALICE, NOW);
        Outcome failure = Outcome.failure("id", 401, "{}", NOW);

        assertThat(KeptCodec.decode(KeptCodec.encode(success))).isEqualTo(success);
        assertThat(KeptCodec.decode(KeptCodec.encode(failure))).isEqualTo(failure);
        assertThat(success.status()).isEqualTo(200);
        assertThat(success.expiresOn()).isEqualTo(NOW.plusSeconds(300));
        assertThat(failure.expiresOn()).isEqualTo(NOW.plusSeconds(300));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "no json",
                "[]",
                "{}",
                "{\"id\":\"x\",\"outcome\":\"{}\"}",
                "{\"saved\":\"x\",\"type\":\"TAB\"}",
                "{\"status\":200,\"account\":\"alice\"}",
                "{\"saved\":\"x\",\"type\":\"POPUP\",\"expected\":{\"environment\":\"op.example\"}}"
            })
    void kept_thatIsNothingOfOurs_isNothing(String text) {
        assertThat(KeptCodec.decode(text)).isNull();
    }

    /** A cookie without an expiry would be valid forever. */
    @ParameterizedTest
    @ValueSource(strings = {"{\"status\":200}", "{\"saved\":\"x\",\"type\":\"POPUP\"}"})
    void kept_withoutATime_isOver(String text) {
        assertThat(KeptCodec.decode(text).expiresOn()).isEqualTo(Instant.EPOCH);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "no json;cache_corrupt",
                "{};cache_newer_format",
                "{\"format\":2};cache_newer_format",
                "{\"format\":1,\"active\":\"x\"};cache_corrupt",
                "{\"format\":1,\"accounts\":[{}]};cache_corrupt",
                "{\"format\":1,\"outcomes\":[{}]};cache_corrupt"
            })
    void session_thatCannotBeRead_isAFailureOfTheStore(String text, String code) {
        assertThatThrownBy(() -> SessionCodec.decode(text))
                .isInstanceOfSatisfying(
                        CacheException.class, e -> assertThat(e.errorCode()).isEqualTo(code));
    }

    @Test
    void session_withNothingInIt_isEmpty() {
        assertThat(SessionCodec.decode("{\"format\":1}")).isEqualTo(SessionData.EMPTY);
        assertThat(SessionCodec.decode(SessionCodec.encode(SessionData.EMPTY))).isEqualTo(SessionData.EMPTY);
    }

    @Test
    void listOfSessions_asText_isReadAsItWas() {
        var sessions = new LinkedHashSet<>(List.of("b", "a"));

        assertThat(SessionCodec.decodeIndex(SessionCodec.encodeIndex(sessions))).containsExactly("b", "a");
        assertThatThrownBy(() -> SessionCodec.decodeIndex("no json"))
                .isInstanceOfSatisfying(
                        AuthException.class, e -> assertThat(e.errorCode()).isEqualTo(ErrorCodes.CACHE_CORRUPT));
    }

    @Test
    void listOfSignIns_asText_isReadAsItWas() {
        ClaimSlot slot = ClaimSlot.EMPTY
                .with(new ClaimSlot.Claim("one", NOW, NOW.plusSeconds(1), true))
                .with(new ClaimSlot.Claim("two", NOW, NOW.plusSeconds(2), false));

        assertThat(ClaimSlot.decode(slot.encode())).isEqualTo(slot);
        assertThat(slot.expiresOn()).isEqualTo(NOW.plusSeconds(2));
        assertThat(slot.without(NOW.plusMillis(999)).claims()).hasSize(2);
        assertThat(slot.without(NOW.plusSeconds(1)).claims())
                .extracting(ClaimSlot.Claim::name)
                .containsExactly("two");
        assertThat(ClaimSlot.EMPTY.expiresOn()).isEqualTo(Instant.EPOCH);
        assertThat(ClaimSlot.decode("{\"claims\":[{}]}").claims())
                .containsExactly(new ClaimSlot.Claim("", Instant.EPOCH, Instant.EPOCH, false));
        assertThatThrownBy(() -> ClaimSlot.decode("no json")).isInstanceOf(CacheException.class);
    }

    @Test
    void signIns_moreThanANoteHolds_theOldestGoAndTheSameIsReplaced() {
        ClaimSlot slot = ClaimSlot.EMPTY;
        for (int i = 0; i < ClaimSlot.MOST; i++) {
            slot = slot.with(new ClaimSlot.Claim("c" + i, NOW, NOW, false));
        }
        ClaimSlot again = slot.with(new ClaimSlot.Claim("c0", NOW, NOW, true));
        ClaimSlot more = slot.with(new ClaimSlot.Claim("more", NOW, NOW, false));

        assertThat(again.claims()).hasSize(64);
        assertThat(again.of("c0").isGivenUp()).isTrue();
        assertThat(more.claims()).hasSize(64);
        assertThat(more.of("c0")).isNull();
        assertThat(more.of("c1")).isNotNull();
        assertThat(more.of("more")).isNotNull();
    }

    @Test
    void stepUp_servesPlainRequestsUnlessItAsksForMoreThanAClass() {
        assertThat(StepUp.of("{}", Map.of("acr_values", "gold")).servesPlain()).isTrue();
        assertThat(StepUp.of("{}", Map.of("acr_values", "gold", "audience", "api"))
                        .servesPlain())
                .isFalse();
    }

    @Test
    void stepUp_isForTheSameRequestAlone() {
        StepUp done = StepUp.of("{}", Map.of("acr_values", "gold"));

        assertThat(done.isFor("{}", Map.of("acr_values", "gold"))).isTrue();
        assertThat(done.isFor(null, Map.of("acr_values", "gold"))).isFalse();
        assertThat(done.isFor("{}", Map.of())).isFalse();
        assertThat(StepUp.of("{}", Map.of()).component())
                .as("unguessable")
                .hasSize(43)
                .isNotEqualTo(StepUp.of("{}", Map.of()).component());
    }

    @ParameterizedTest
    @CsvSource({"popup,POPUP", "redirect,REDIRECT", "frame,FRAME", "tab,", "POPUP,", "'',"})
    void type_isNamedAsPagesDo(String name, Interaction.Type type) {
        assertThat(Interaction.Type.named(name).orElse(null)).isEqualTo(type);
    }

    @ParameterizedTest
    @CsvSource({
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa,true",
        "AZaz09-_aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa,true",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa,false",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa,false",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.,false",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaä,false",
        "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\u0080,false",
        "'',false"
    })
    void sessionId_isFortyThreeCharactersOfBase64Url(String cookie, boolean isOne) {
        assertThat(SessionId.of(cookie).isPresent()).isEqualTo(isOne);
    }

    @Test
    void secrets_standInNoText() {
        SessionId id = SessionId.fresh();
        Outcome outcome = Outcome.success("id", "{\"accessToken\":\"secret\"}", ALICE, NOW);
        Interaction interaction = new Interaction(
                "id", Interaction.Type.POPUP, "secret", Secret.of("secret"), null, null, null, false, NOW);

        assertThat(id.toString()).isEqualTo("SessionId[" + id.digest().substring(0, 8) + "]");
        assertThat(id.digest()).hasSize(43).isNotEqualTo(id.value());
        assertThat(outcome.toString()).isEqualTo("Outcome[200]");
        assertThat(interaction.toString()).isEqualTo("Interaction[POPUP]");
    }

    @Test
    void shortDigest_tellsPartsApartAndFitsIntoNames() {
        assertThat(SessionId.shortDigest("a", "b"))
                .isEqualTo(SessionId.shortDigest("a", "b"))
                .isNotEqualTo(SessionId.shortDigest("ab"))
                .isNotEqualTo(SessionId.shortDigest("a", "c"));
        for (int i = 0; i < 200; i++) {
            assertThat(SessionId.shortDigest("x" + i)).hasSize(8).doesNotContain("-", "_");
        }
    }

    @Test
    void fronts_shareOnlyTheListsOfTheirApplication() {
        Front front = Front.of("client", "https://op.example", "/latchkey");
        Front elsewhere = Front.of("client", "https://op.example", "/other");
        Front stranger = Front.of("another", "https://op.example", "/latchkey");
        SessionId id = SessionId.fresh();

        assertThat(front.sessionsOf(ALICE)).isEqualTo(elsewhere.sessionsOf(ALICE));
        assertThat(front.sessionsOf(ALICE)).isNotEqualTo(stranger.sessionsOf(ALICE));
        assertThat(front.sessionsOf(ALICE)).isNotEqualTo(front.sessionsOf(new AccountRef("bob", "op.example", "")));
        assertThat(front.keyOf(id)).isNotEqualTo(elsewhere.keyOf(id)).isEqualTo(Front.keyOf(front.nameOf(id)));
        assertThat(front.keyOf(id).id()).startsWith(front.prefix()).endsWith(id.digest());
        assertThat(front.keyOfKey()).isNotEqualTo(elsewhere.keyOfKey());
        assertThat(front.keyOfClaims(true, 1).id()).as("as all nodes call it").endsWith("-member-1");
        assertThat(front.keyOfClaims(true, 1))
                .isNotEqualTo(front.keyOfClaims(false, 1))
                .isNotEqualTo(front.keyOfClaims(true, 2))
                .isNotEqualTo(elsewhere.keyOfClaims(true, 1));
    }
}
