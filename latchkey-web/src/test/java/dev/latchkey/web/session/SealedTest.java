package dev.latchkey.web.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.authority.VirtualClock;
import dev.latchkey.core.Secret;
import dev.latchkey.core.cache.Blob;
import dev.latchkey.core.cache.Partition;
import dev.latchkey.core.error.CacheException;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Cookies that only their front can read: any that is modified, truncated, swapped or expired is ignored. */
final class SealedTest {
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final String COOKIE = "__Host-latchkey-front-abcdefgh";
    private static final Front FRONT = Front.of("client", "https://op.example", "/latchkey");

    private final VirtualClock clock = VirtualClock.atPresent();
    private final CountingStore store = new CountingStore();
    private final FrontKeys keys = node(FRONT);
    private final Sealed sealed = new Sealed(keys, clock, RANDOM);
    private final Interaction interaction = interaction("{\"verifier\":\"v\"}");

    private FrontKeys node(Front front) {
        return new FrontKeys(front, store, clock, RANDOM);
    }

    private Interaction interaction(String saved) {
        return new Interaction(
                "i".repeat(22),
                Interaction.Type.REDIRECT,
                "s".repeat(43),
                Secret.of(saved),
                "/inbox",
                new AccountRef("home", "op.example", ""),
                StepUp.of("{\"a\":1}", Map.of("acr_values", "gold")),
                true,
                clock.instant().plus(Duration.ofMinutes(10)));
    }

    @Test
    void cookie_asWritten_isReadAsItWas() {
        Outcome failure = Outcome.failure("i".repeat(22), 401, "{\"error\":{}}", clock.instant());

        assertThat(sealed.read(COOKIE, sealed.write(COOKIE, interaction))).contains(interaction);
        assertThat(sealed.read(COOKIE, sealed.write(COOKIE, failure))).contains(failure);
    }

    @Test
    void cookie_writtenTwice_isNeverTheSame() {
        assertThat(sealed.write(COOKIE, interaction)).isNotEqualTo(sealed.write(COOKIE, interaction));
    }

    @Test
    void cookie_changedInAnyBit_isWorthNothing() {
        byte[] bytes = Base64.getUrlDecoder().decode(sealed.write(COOKIE, interaction));
        for (int i = 0; i < bytes.length * 8; i++) {
            byte[] changed = bytes.clone();
            changed[i / 8] ^= (byte) (1 << i % 8);
            assertThat(read(changed)).as("bit " + i).isEmpty();
        }
    }

    @Test
    void cookie_cutAnywhereOrWithMore_isWorthNothing() {
        byte[] bytes = Base64.getUrlDecoder().decode(sealed.write(COOKIE, interaction));
        for (int i = 0; i < bytes.length; i++) {
            assertThat(read(Arrays.copyOf(bytes, i))).as(i + " bytes").isEmpty();
            assertThat(read(Arrays.copyOfRange(bytes, i + 1, bytes.length)))
                    .as("from " + (i + 1))
                    .isEmpty();
        }
        assertThat(read(Arrays.copyOf(bytes, bytes.length + 1))).isEmpty();
    }

    private Optional<Kept> read(byte[] bytes) {
        return sealed.read(COOKIE, Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "A", "!", "AA==", "\u00e4", "a b", "AQ", "____"})
    void cookie_ofGarbage_isWorthNothing(String value) {
        keys.current();

        assertThat(sealed.read(COOKIE, value)).isEmpty();
    }

    @Test
    void cookie_underAnotherName_isWorthNothing() {
        String value = sealed.write(COOKIE, interaction);

        assertThat(sealed.read(COOKIE.replace("abcdefgh", "abcdefgi"), value)).isEmpty();
    }

    @Test
    void cookie_ofAnotherFront_isWorthNothing() {
        Front other = Front.of("client", "https://op.example", "/other");
        Sealed there = new Sealed(node(other), clock, RANDOM);
        there.write(COOKIE, interaction);

        assertThat(there.read(COOKIE, sealed.write(COOKIE, interaction))).isEmpty();
    }

    @Test
    void cookie_outOfDate_isWorthNothing() {
        String value = sealed.write(COOKIE, interaction);
        clock.advance(Duration.ofMinutes(10));

        assertThat(sealed.read(COOKIE, value)).isEmpty();
    }

    @Test
    void cookie_ofAnotherNode_isReadHere() {
        Sealed there = new Sealed(node(FRONT), clock, RANDOM);

        assertThat(there.read(COOKIE, sealed.write(COOKIE, interaction))).isPresent();
    }

    @Test
    void cookie_writtenAndReadWithoutEnd_asksTheStoreOnce() {
        sealed.write(COOKIE, interaction);
        int reads = store.reads.get();
        int writes = store.writes.get();

        for (int i = 0; i < 1000; i++) {
            sealed.read(COOKIE, sealed.write(COOKIE, interaction));
        }

        assertThat(store.reads).hasValue(reads);
        assertThat(store.writes).hasValue(writes).hasValue(1);
    }

    @Test
    void key_lostByTheStore_isStillKnownHereAndWrittenAgain() {
        String value = sealed.write(COOKIE, interaction);
        store.lose();
        assertThat(sealed.read(COOKIE, value)).isPresent();

        keys.keep();

        assertThat(new Sealed(node(FRONT), clock, RANDOM).read(COOKIE, value)).isPresent();
    }

    @Test
    void key_nobodyHasAnyMore_makesItsCookiesWorthNothing() {
        String value = sealed.write(COOKIE, interaction);
        store.lose();

        Sealed there = new Sealed(node(FRONT), clock, RANDOM);

        assertThat(there.read(COOKIE, value)).isEmpty();
        there.write(COOKIE, interaction);
        assertThat(there.read(COOKIE, value)).isEmpty();
    }

    /** The store lost the key, and a starting node has created another. */
    @Test
    void key_replacedByAnotherNode_isTakenOverAndTheOlderOneStillOpensHere() {
        String older = sealed.write(COOKIE, interaction);
        store.lose();
        Sealed there = new Sealed(node(FRONT), clock, RANDOM);
        String newer = there.write(COOKIE, interaction);

        assertThat(sealed.read(COOKIE, newer)).isPresent();
        assertThat(sealed.read(COOKIE, older)).isPresent();
        assertThat(there.read(COOKIE, sealed.write(COOKIE, interaction)))
                .as("from now on both use one")
                .isPresent();
    }

    @Test
    void key_keptForLong_isWrittenAgainBeforeItExpires() {
        String value = sealed.write(COOKIE, interaction("x"));
        for (int day = 0; day < 100; day++) {
            keys.keep();
            clock.advance(Duration.ofDays(1));
        }

        assertThat(node(FRONT).named(nameIn(value))).isNotNull();
        assertThat(store.writes.get()).as("not each time").isLessThan(10);
    }

    private static int nameIn(String value) {
        return ByteBuffer.wrap(Base64.getUrlDecoder().decode(value)).getInt(1);
    }

    @Test
    void key_neededByManyAtOnce_isOneForAll() throws Exception {
        Set<Integer> names = ConcurrentHashMap.newKeySet();
        CountDownLatch done = new CountDownLatch(8);
        for (int i = 0; i < 8; i++) {
            FrontKeys node = node(FRONT);
            new Thread(() -> {
                        names.add(node.current().name());
                        done.countDown();
                    })
                    .start();
        }
        done.await();

        assertThat(names).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"format\":2,\"key\":\"\"}",
                "{\"format\":1,\"key\":\"AA\"}",
                "{\"format\":1,\"key\":\"!\"}",
                "no"
            })
    void key_thatCannotBeRead_isAFailureOfTheStore(String text) {
        store.write(
                FRONT.keyOfKey(), 0, Partition.of(new Blob(text, clock.instant().plus(Duration.ofDays(1)))), null);

        assertThatThrownBy(keys::current).isInstanceOf(CacheException.class);
    }

    @Test
    void key_shownByMistake_tellsNothing() {
        FrontKey key = keys.current();

        assertThat(key.write()).contains("key");
        assertThat(key.toString()).matches("FrontKey\\[[0-9a-f]+]");
    }

    @Test
    void text_thatUnfoldsWithoutEnd_isNotUnfolded() {
        byte[] packed = Compact.pack("x".repeat(1_000_000));

        assertThat(Compact.unpack(packed, 64 * 1024)).isNull();
        assertThat(Compact.unpack(packed, 1_000_000)).hasSize(1_000_000);
        assertThat(Compact.unpack(packed, 999_999)).isNull();
        assertThat(Compact.unpack(new byte[] {7, 7, 7}, 1000)).isNull();
        assertThat(Compact.unpack(new byte[0], 1000)).isNull();
        assertThat(Compact.unpack(Compact.pack("\u00e4\u20ac"), 1000)).isEqualTo("\u00e4\u20ac");
    }

    @Test
    void text_asSignInsAreWritten_takesLittleRoom() {
        String text = KeptCodec.encode(interaction);

        assertThat(Compact.pack(text)).hasSizeLessThan(text.length() / 2);
    }

    @Test
    void seal_ofNothing_isOpenedAsNothing() {
        Seal seal = new Seal(keys, RANDOM);

        assertThat(seal.open(COOKIE, seal.seal(COOKIE, new byte[0]))).isEmpty();
    }
}
