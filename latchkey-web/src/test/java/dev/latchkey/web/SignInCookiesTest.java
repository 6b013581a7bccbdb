package dev.latchkey.web;

import static dev.latchkey.web.Browser.errorOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.authority.GrantType;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The cookies of sign-ins in progress, as a browser sees them. */
final class SignInCookiesTest {
    private final Random random = new Random(1);
    private WebBench bench;
    private Browser browser;

    @BeforeEach
    void start() throws Exception {
        bench = WebBench.start();
        browser = bench.browser();
    }

    @AfterEach
    void stop() {
        bench.close();
    }

    private URI begin(String id, Map<String, ?> more) {
        return browser.start(id, "popup", more, "User.Read");
    }

    /** Text that compresses to no less than three quarters. */
    private String noise(int length) {
        String letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        StringBuilder text = new StringBuilder();
        random.ints(length, 0, letters.length()).forEach(i -> text.append(letters.charAt(i)));
        return text.toString();
    }

    private String only() {
        assertThat(browser.others).hasSize(1);
        return browser.others.values().iterator().next();
    }

    @Test
    void start_ofAnybody_setsOneSmallCookieAndNoSession() {
        begin(Browser.newId(), Map.of());

        assertThat(browser.cookie).isNull();
        assertThat(only()).hasSizeLessThan(700).matches("[A-Za-z0-9_-]+");
    }

    @Test
    void finished_orFetched_theCookieIsGone() {
        browser.signIn(WebBench.ALICE, "User.Read");

        assertThat(browser.others).isEmpty();
    }

    @Test
    void cookie_changed_isNotBelieved() {
        URI callback = browser.visit(WebBench.ALICE, begin(Browser.newId(), Map.of()));
        String good = only();
        String name = browser.others.keySet().iterator().next();
        char last = good.charAt(60);
        browser.others.put(name, good.substring(0, 60) + (last == 'A' ? 'B' : 'A') + good.substring(61));

        assertThat(browser.navigate(callback).statusCode()).isEqualTo(400);
        bench.idp.verify().tokenRequests(GrantType.AUTHORIZATION_CODE).none();
    }

    @Test
    void cookies_exchanged_areNotBelieved() {
        URI alice = browser.visit(WebBench.ALICE, begin(Browser.newId(), Map.of()));
        URI bob = browser.visit(WebBench.BOB, begin(Browser.newId(), Map.of()));
        Iterator<String> names = List.copyOf(browser.others.keySet()).iterator();
        List<String> values = new ArrayList<>(browser.others.values());
        browser.others.put(names.next(), values.get(1));
        browser.others.put(names.next(), values.get(0));

        assertThat(browser.navigate(alice).statusCode()).isEqualTo(400);
        assertThat(browser.navigate(bob).statusCode()).isEqualTo(400);
        bench.idp.verify().tokenRequests(GrantType.AUTHORIZATION_CODE).none();
    }

    @Test
    void signIns_moreThanFour_theOldestIsForgotten() {
        Map<String, URI> begun = new HashMap<>();
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            ids.add(Browser.newId());
            begun.put(ids.get(i), begin(ids.get(i), Map.of()));
            bench.clock.advance(Duration.ofSeconds(1));
        }

        assertThat(browser.others).hasSize(SignInCookies.MOST);
        assertThat(errorOf(browser.post("/result", Map.of("id", ids.get(1))))).isEqualTo("no_interaction");
        assertThat(browser.post("/result", Map.of("id", ids.get(2))).statusCode())
                .isEqualTo(202);
        assertThat(browser.navigate(browser.visit(WebBench.ALICE, begun.get(ids.get(2))))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void signIns_largeOnes_fitTogetherIntoHalfAHeader() {
        for (int i = 0; i < 4; i++) {
            begin(Browser.newId(), Map.of("state", noise(1500)));
            bench.clock.advance(Duration.ofSeconds(1));
            assertThat(browser.cookies()).hasSizeLessThanOrEqualTo(SignInCookies.LONGEST_TOGETHER);
        }
        begin(Browser.newId(), Map.of());

        assertThat(browser.others).as("the newest large one and the small one").hasSize(2);
    }

    @Test
    void signIn_largerThanACookie_isRefusedAndNothingForgotten() {
        String id = Browser.newId();
        begin(id, Map.of());
        Map<String, ?> body = Map.of(
                "type",
                "popup",
                "id",
                Browser.newId(),
                "request",
                Map.of("scopes", List.of("User.Read"), "claims", "{\"a\":\"" + noise(4000) + "\"}"));

        HttpResponse<String> answer = browser.post("/start", body);

        assertThat(answer.statusCode()).isEqualTo(413);
        assertThat(errorOf(answer)).isEqualTo("request_too_large");
        assertThat(browser.post("/result", Map.of("id", id)).statusCode()).isEqualTo(202);
    }

    /** The page repeats a call that did not get through. */
    @Test
    void signIn_begunTwiceByTheSamePage_isOne() {
        String id = Browser.newId();
        begin(id, Map.of());
        begin(id, Map.of());

        only();
    }

    @Test
    void cookies_ofOthersWithOurPrefix_areNeitherReadNorSetAgain() {
        String prefix = bench.web().cookie().name();
        browser.others.put(prefix + "-", "x");
        browser.others.put(prefix + "-abcdefg!", "x");
        browser.others.put(prefix + "-abcdefghi", "x");
        Map<String, String> before = Map.copyOf(browser.others);

        begin(Browser.newId(), Map.of());

        assertThat(browser.others).containsAllEntriesOf(before).hasSize(4);
    }

    /** Each costs a decryption attempt. */
    @Test
    void cookies_moreThanThereCanBe_areNotLookedAt() {
        URI callback = browser.visit(WebBench.ALICE, begin(Browser.newId(), Map.of()));
        Map<String, String> real = Map.copyOf(browser.others);
        browser.others.clear();
        for (int i = 0; i < 8; i++) {
            browser.others.put(bench.web().cookie().name() + "-garbage" + i, "x");
        }
        browser.others.putAll(real);

        assertThat(browser.navigate(callback).statusCode()).isEqualTo(400);
    }

    @Test
    void cookies_thatMeanNothing_areTakenAway() {
        for (int i = 0; i < 8; i++) {
            browser.others.put(bench.web().cookie().name() + "-garbage" + i, noise(200));
        }

        begin(Browser.newId(), Map.of());

        only();
    }

    @Test
    void errorOfTheAuthority_whateverItsLength_isToldInACookie() {
        String id = Browser.newId();
        URI address = begin(id, Map.of());
        String state = address.getQuery().replaceAll(".*[?&]?state=([^&]*).*", "$1");
        String issuer = bench.idp.entraAuthority("contoso").toString();

        browser.navigate(URI.create(bench.origin + "/latchkey/callback?state=" + state + "&error=access_denied&iss="
                + issuer + "&error_description=" + noise(3000)));

        assertThat(browser.cookies()).hasSizeLessThan(SignInCookies.LONGEST);
        assertThat(browser.post("/result", Map.of("id", id)).statusCode()).isGreaterThanOrEqualTo(400);
        assertThat(browser.others).isEmpty();
    }
}
