package dev.latchkey.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.authority.VirtualClock;
import dev.latchkey.core.Secret;
import dev.latchkey.store.MemoryTokenStore;
import dev.latchkey.web.session.Front;
import dev.latchkey.web.session.FrontKeys;
import dev.latchkey.web.session.Interaction;
import dev.latchkey.web.session.Outcome;
import dev.latchkey.web.session.Sealed;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Which sign-in cookies a browser gets, keeps and loses; without a browser. */
final class KeptCookiesTest {
    private static final String FRONT = "frontfro";
    private static final String ADDRESS = "https://www.example.com/latchkey/start";
    private static final SecureRandom RANDOM = new SecureRandom();

    private final VirtualClock clock = VirtualClock.at(Instant.ofEpochSecond(1_800_000_000));
    private final Sealed sealed =
            new Sealed(new FrontKeys(new Front("app", FRONT), MemoryTokenStore.create(), clock, RANDOM), clock, RANDOM);
    private final SignInCookies cookies = new SignInCookies(FRONT, sealed, clock);
    private final Random noise = new Random(1);

    private Interaction signIn(String id, String returnTo) {
        return new Interaction(
                id,
                Interaction.Type.POPUP,
                "state of " + id,
                Secret.of("saved"),
                returnTo,
                null,
                null,
                false,
                clock.instant().plus(Duration.ofMinutes(10)));
    }

    private Interaction signIn(String id) {
        return signIn(id, "/");
    }

    private Call added(Call before, Interaction begun) {
        Call call = before.then(Call.get(ADDRESS));
        cookies.add(call.exchange(), begun);
        return call;
    }

    private static List<String> set(Call call) {
        return call.answered.getOrDefault("Set-Cookie", List.of());
    }

    private List<String> ids(Call call) {
        return cookies.underWay(call.then(Call.get(ADDRESS)).request()).stream()
                .map(Interaction::id)
                .sorted()
                .toList();
    }

    /** A sign-in whose cookie takes exactly this much of the header. */
    private Interaction ofLength(String id, int length) {
        String name = "__Host-latchkey-" + FRONT + "-12345678";
        for (int size = length / 2; ; ) {
            StringBuilder text = new StringBuilder("/");
            noise.ints(size, 'A', 'z' + 1).forEach(c -> text.append((char) c));
            Interaction made = signIn(id, text.toString());
            int missing = length - (name.length() + sealed.write(name, made).length() + 3);
            if (missing == 0) {
                return made;
            }
            size += missing / 2;
        }
    }

    @Test
    void signIn_added_isFoundByItsStateAndByItsIdAlone() {
        Interaction begun = signIn("one");
        Call call = added(Call.get(ADDRESS), begun);

        Call later = call.then(Call.get(ADDRESS));

        assertThat(set(call)).hasSize(1);
        assertThat(set(call).get(0))
                .matches("__Host-latchkey-frontfro-[A-Za-z0-9]{8}=[A-Za-z0-9_-]+"
                        + "; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=600");
        assertThat(cookies.ofState(later.request(), begun.state())).contains(begun);
        assertThat(cookies.ofState(later.request(), "another")).isEmpty();
        assertThat(cookies.named(later.request(), "one")).contains(begun);
        assertThat(cookies.named(later.request(), "two")).isEmpty();
        assertThat(cookies.underWay(later.request())).containsExactly(begun);
        assertThat(cookies.underWay(Call.get(ADDRESS).request())).isEmpty();
    }

    @Test
    void failure_takesTheSignInsPlaceUntilFetched() {
        Interaction begun = signIn("one");
        Call call = added(Call.get(ADDRESS), begun);
        Outcome failure = Outcome.failure("one", 401, "{}", clock.instant());

        Call failed = call.then(Call.get(ADDRESS));
        cookies.fail(failed.response(), begun, failure);
        Call later = failed.then(Call.get(ADDRESS));

        assertThat(later.cookies()).isEqualTo(1);
        assertThat(set(failed).get(0)).endsWith("; Max-Age=300");
        assertThat(cookies.named(later.request(), "one")).contains(failure);
        assertThat(cookies.ofState(later.request(), begun.state())).isEmpty();
        assertThat(cookies.underWay(later.request())).isEmpty();
    }

    @Test
    void signIn_removed_leavesTheOthers() {
        Interaction one = signIn("one");
        Call call = added(added(Call.get(ADDRESS), one), signIn("two"));

        Call byId = call.then(Call.get(ADDRESS));
        cookies.remove(byId.exchange(), "two");
        Call byItself = call.then(Call.get(ADDRESS));
        cookies.remove(byItself.response(), one);

        assertThat(ids(byId)).containsExactly("one");
        assertThat(ids(byItself)).containsExactly("two");
        assertThat(set(byId)).hasSize(1).allMatch(it -> it.endsWith("; Max-Age=0"));
    }

    @Test
    void signIns_moreThanFour_theOldestGo() {
        Call call = Call.get(ADDRESS);
        for (int i = 1; i <= 6; i++) {
            call = added(call, signIn("id" + i));
            clock.advance(Duration.ofSeconds(1));
            assertThat(ids(call)).hasSize(Math.min(i, 4));
        }

        assertThat(ids(call)).containsExactly("id3", "id4", "id5", "id6");
    }

    @Test
    void signIn_ofTheSameId_takesTheOthersPlace() {
        Call call = added(Call.get(ADDRESS), signIn("one"));
        Interaction again = new Interaction(
                "one",
                Interaction.Type.POPUP,
                "another state",
                Secret.of("x"),
                null,
                null,
                null,
                false,
                clock.instant().plusSeconds(600));

        call = added(call, again);

        assertThat(cookies.underWay(call.then(Call.get(ADDRESS)).request())).containsExactly(again);
    }

    @Test
    void cookies_thatMeanNothing_areTakenAwayWhenRoomIsMade() {
        String prefix = "__Host-latchkey-" + FRONT + "-";
        Call call = Call.get(ADDRESS)
                .cookie(prefix + "garbage1", "x")
                .cookie(prefix + "garbage2", "x".repeat(5000))
                .cookie(prefix + "garbage", "x")
                .cookie(prefix + "garbage-", "x")
                .cookie(prefix + "garbage12", "x")
                .cookie("__Host-latchkey-otherfro-garbage3", "x");

        cookies.add(call.exchange(), signIn("one"));

        assertThat(set(call).subList(0, 2))
                .extracting(it -> it.substring(0, it.indexOf('=')))
                .containsExactlyInAnyOrder(prefix + "garbage1", prefix + "garbage2");
        assertThat(set(call)).hasSize(3);
    }

    @Test
    void signIn_asLargeAsACookieMayBe_isKeptAndReadAgain() {
        Interaction largest = ofLength("one", 3 * 1024);

        Call call = added(Call.get(ADDRESS), largest);

        assertThat(cookies.named(call.then(Call.get(ADDRESS)).request(), "one")).contains(largest);
    }

    @Test
    void signIn_largerThanACookieMayBe_isRefusedAndNothingForgotten() {
        Call before = added(Call.get(ADDRESS), signIn("one"));
        Call call = before.then(Call.get(ADDRESS));
        Interaction larger = ofLength("two", 3 * 1024 + 2);

        assertThatThrownBy(() -> cookies.add(call.exchange(), larger))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.status()).isEqualTo(413));
        assertThat(set(call)).isEmpty();
    }

    @Test
    void signIns_asLargeTogetherAsTheyMayBe_areBothKept() {
        Call half = added(Call.get(ADDRESS), ofLength("one", 2048));

        assertThat(ids(added(half, ofLength("two", 2048)))).containsExactly("one", "two");
        assertThat(ids(added(half, ofLength("two", 2050)))).containsExactly("two");
    }

    /** Each kept cookie reduces the space that is left. */
    @Test
    void signIns_ofMiddleSize_areKeptWhileThereIsRoom() {
        Call call = Call.get(ADDRESS);
        for (int i = 1; i <= 4; i++) {
            call = added(call, ofLength("id" + i, 1300));
            clock.advance(Duration.ofSeconds(1));
        }

        assertThat(ids(call)).containsExactly("id2", "id3", "id4");
    }

    /** We never set that many, and each costs a decryption attempt. */
    @Test
    void cookies_beyondEight_areNotLookedAt() {
        for (int garbage = 7; garbage <= 8; garbage++) {
            Interaction begun = signIn("one");
            Call real = added(Call.get(ADDRESS), begun);
            Call call = Call.get(ADDRESS);
            for (int i = 0; i < garbage; i++) {
                call.cookie("__Host-latchkey-" + FRONT + "-garbage" + i, "x");
            }
            List<String> all = new ArrayList<>(set(real));
            String pair = all.get(0).substring(0, all.get(0).indexOf(';'));
            call.cookie(pair.substring(0, pair.indexOf('=')), pair.substring(pair.indexOf('=') + 1));

            assertThat(cookies.named(call.request(), "one").isPresent()).isEqualTo(garbage < 8);
        }
    }
}
