package dev.latchkey.web;

import static dev.latchkey.web.Browser.errorOf;
import static dev.latchkey.web.Browser.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.authority.GrantType;
import dev.latchkey.core.json.JsonObject;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The calls of a page over HTTP, as latchkey.js makes them. */
final class LatchkeyServletTest {
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

    @Test
    void popup_personSignsIn_pageGetsTheTokenOnce() {
        String id = Browser.newId();
        URI callback = browser.visit(WebBench.ALICE, browser.start(id, "popup", Map.of("state", "mine"), "User.Read"));
        HttpResponse<String> early = browser.post("/result", Map.of("id", id));

        HttpResponse<String> page = browser.navigate(callback);
        JsonObject result = json(browser.post("/result", Map.of("id", id)));

        assertThat(early.statusCode()).isEqualTo(202);
        assertThat(page.body()).contains("data-id=\"" + id + "\"").doesNotContain(result.string("accessToken"));
        assertThat(result.string("accessToken")).isNotEmpty();
        assertThat(result.string("state")).isEqualTo("mine");
        assertThat(result.object("account").string("username")).isEqualTo(WebBench.ALICE);
        assertThat(result.strings("scopes")).contains("User.Read");
        assertThat(errorOf(browser.post("/result", Map.of("id", id)))).isEqualTo("no_interaction");
    }

    @Test
    void redirect_personSignsIn_isBackWhereItBegan() {
        String id = Browser.newId();
        URI callback = browser.visit(WebBench.ALICE, browser.start(id, "redirect", Map.of(), "User.Read"));

        HttpResponse<String> back = browser.navigate(callback);

        assertThat(back.statusCode()).isEqualTo(303);
        assertThat(back.headers().firstValue("Location")).contains("/inbox?m=1#top");
        assertThat(browser.post("/result", Map.of("id", id)).statusCode()).isEqualTo(200);
    }

    @Test
    void frame_withoutASessionAtTheAuthority_asksForInteraction() {
        String id = Browser.newId();
        URI callback =
                browser.visit(WebBench.ALICE, browser.start(id, "frame", Map.of("prompt", "login"), "User.Read"));

        HttpResponse<String> page = browser.navigate(callback);
        HttpResponse<String> result = browser.post("/result", Map.of("id", id));

        assertThat(page.headers().firstValue("Content-Security-Policy").orElseThrow())
                .contains("frame-ancestors 'self'");
        assertThat(result.statusCode()).isEqualTo(401);
        assertThat(json(result).object("error").string("name")).isEqualTo("InteractionRequiredAuthError");
    }

    @Test
    void person_refuses_pageGetsTheAuthoritysError() {
        String id = Browser.newId();
        URI address = browser.start(id, "popup", Map.of("prompt", "consent"), "Mail.Read");
        URI callback = bench.idp
                .person(WebBench.ALICE)
                .refuses()
                .visitUpToRedirect(address)
                .arrivedAt()
                .orElseThrow();

        HttpResponse<String> page = browser.navigate(callback);

        assertThat(page.body()).doesNotContain("AADSTS").doesNotContain("access_denied");
        assertThat(errorOf(browser.post("/result", Map.of("id", id)))).isEqualTo("access_denied");
        assertThat(browser.usernames()).isEmpty();
    }

    @Test
    void token_cachedThenExpired_comesFromHereThenByRefresh() {
        browser.signIn(WebBench.ALICE, "User.Read");

        JsonObject cached = json(browser.token(Map.of(), "User.Read"));
        bench.clock.advance(Duration.ofHours(2));
        JsonObject renewed = json(browser.token(Map.of("correlationId", "call-7"), "User.Read"));

        assertThat(cached.isTrue("fromCache")).isTrue();
        assertThat(renewed.isTrue("fromCache")).isFalse();
        assertThat(renewed.string("correlationId")).isEqualTo("call-7");
        bench.idp.verify().tokenRequests(GrantType.REFRESH_TOKEN).exactly(1);
    }

    @Test
    void token_withoutASession_asksForInteraction() {
        HttpResponse<String> answer = browser.token(Map.of(), "User.Read");

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(errorOf(answer)).isEqualTo("no_tokens_found");
        assertThat(answer.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
    }

    @Test
    void accounts_severalSignedIn_oneIsActive() {
        browser.signIn(WebBench.ALICE, "User.Read");
        JsonObject bob = browser.signIn(WebBench.BOB, "User.Read").object("account");
        assertThat(browser.usernames()).containsExactly(WebBench.ALICE, WebBench.BOB);

        JsonObject session = json(browser.post("/active", Map.of("account", bob)));
        JsonObject token = json(browser.token(Map.of(), "User.Read"));

        assertThat(session.object("activeAccount").string("homeAccountId")).isEqualTo(bob.string("homeAccountId"));
        assertThat(token.object("account").string("username")).isEqualTo(WebBench.BOB);
        assertThat(browser.get("/accounts").body()).startsWith("[{").endsWith("}]");
    }

    @Test
    void session_idle_isOver() {
        browser.signIn(WebBench.ALICE, "User.Read");
        bench.clock.advance(Duration.ofHours(7));
        assertThat(browser.usernames()).hasSize(1);
        bench.clock.advance(Duration.ofHours(7));
        assertThat(browser.usernames()).as("use prolongs it").hasSize(1);

        bench.clock.advance(Duration.ofHours(13));

        assertThat(browser.usernames()).isEmpty();
        assertThat(browser.token(Map.of(), "User.Read").statusCode()).isEqualTo(401);
    }

    @Test
    void logout_lastSessionOfTheAccount_endsItEverywhere() {
        browser.signIn(WebBench.ALICE, "User.Read");
        String before = browser.cookie;

        JsonObject answer = json(browser.post("/logout", Map.of("type", "popup", "id", "a".repeat(22))));

        assertThat(answer.string("url"))
                .startsWith(bench.idp.baseUri().toString())
                .contains("post_logout_redirect_uri=", "logout_hint=", "state=" + "a".repeat(22));
        assertThat(browser.cookie).isNull();
        assertThat(bench.tokens.list().stream().filter(key -> key.value().startsWith("user")))
                .isEmpty();
        browser.cookie = before;
        assertThat(browser.usernames()).as("the old cookie opens nothing").isEmpty();
    }

    @Test
    void logout_oneOfTwoBrowsers_leavesTheOtherWorking() {
        browser.signIn(WebBench.ALICE, "User.Read");
        Browser other = bench.browser();
        other.signIn(WebBench.ALICE, "User.Read");

        JsonObject answer = json(browser.post("/logout", Map.of("type", "redirect", "id", Browser.newId())));

        assertThat(answer.string("url")).contains("post_logout_redirect_uri=");
        assertThat(browser.usernames()).isEmpty();
        assertThat(other.token(Map.of(), "User.Read").statusCode()).isEqualTo(200);
    }

    @Test
    void clear_forgetsHereAndTellsNobody() {
        browser.signIn(WebBench.ALICE, "User.Read");

        JsonObject session = json(browser.post("/clear", "{}"));

        assertThat(session.objects("accounts")).isEmpty();
        assertThat(bench.tokens.list().stream().filter(key -> key.value().startsWith("user")))
                .isEmpty();
    }

    @Test
    void cancelled_signIn_isRefusedWhenItComesAfterAll() {
        String id = Browser.newId();
        URI callback = browser.visit(WebBench.ALICE, browser.start(id, "popup", Map.of(), "User.Read"));

        browser.post("/cancel", Map.of("id", id));

        assertThat(browser.navigate(callback).statusCode()).isEqualTo(400);
        bench.idp.verify().tokenRequests(GrantType.AUTHORIZATION_CODE).none();
    }

    @Test
    void signIn_thatTakesTooLong_isRefused() {
        String id = Browser.newId();
        URI address = browser.start(id, "popup", Map.of(), "User.Read");
        bench.clock.advance(Duration.ofMinutes(11));

        assertThat(browser.navigate(browser.visit(WebBench.ALICE, address)).statusCode())
                .isEqualTo(400);
    }

    @Test
    void scripts_areServedAndNotSentTwice() {
        for (String name : List.of("/latchkey.js", "/latchkey.global.js")) {
            HttpResponse<String> script = browser.get(name);
            browser.headers.put(
                    "If-None-Match", script.headers().firstValue("ETag").orElseThrow());

            assertThat(script.statusCode()).isEqualTo(200);
            assertThat(script.headers().firstValue("Content-Type").orElseThrow())
                    .startsWith("text/javascript");
            assertThat(browser.get(name).statusCode()).isEqualTo(304);
        }
    }

    /** Wherever it was built, it is the same script. */
    @Test
    void sourceMaps_nameTheScriptAndNoFolderOfTheBuild() throws Exception {
        for (String name : List.of("latchkey.js", "latchkey.global.js")) {
            String map = browser.get("/" + name + ".map").body();

            assertThat(map).contains("\"file\":\"" + name + "\"").doesNotContain("target/classes");
        }
    }

    @Test
    void events_tellThePageWhenItsSessionChanges() throws Exception {
        browser.signIn(WebBench.ALICE, "User.Read");
        try (EventStream events = EventStream.open(bench, browser)) {
            assertThat(events.next()).contains(WebBench.ALICE);

            browser.post("/active", Map.of());

            assertThat(events.next()).contains("\"activeAccount\":null");
            browser.post("/clear", "{}");
            assertThat(events.next()).contains("\"accounts\":[]");
        }
    }

    /** Anyone can create such sessions, and the number of streams is limited. */
    @Test
    void events_ofASessionNobodySignedInThrough_areNotGiven() {
        browser.start(Browser.newId(), "popup", Map.of(), "User.Read");

        HttpResponse<String> answer = browser.get("/events");

        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(answer.body()).isEmpty();
    }

    @Test
    void badInput_isAClearErrorAndNeverAFailureOfTheServer() {
        browser.signIn(WebBench.ALICE, "User.Read");
        assertThat(browser.post("/token", "{").statusCode()).isEqualTo(400);
        assertThat(browser.post("/token", "{}").statusCode()).isEqualTo(400);
        assertThat(browser.post("/token", "x".repeat(70_000)).statusCode()).isEqualTo(413);
        assertThat(errorOf(browser.post("/start", Map.of("type", "popup", "id", "short"))))
                .isEqualTo("invalid_request");
        assertThat(errorOf(browser.post("/start", Map.of("type", "tab", "id", Browser.newId()))))
                .isEqualTo("invalid_request");
        assertThat(browser.token(Map.of("cacheLookupPolicy", 9), "User.Read").statusCode())
                .isEqualTo(400);
        assertThat(browser.token(Map.of("claims", "no json"), "User.Read").statusCode())
                .isEqualTo(400);
        assertThat(errorOf(browser.token(Map.of("authority", "https://evil.example/common"), "User.Read")))
                .isEqualTo("untrusted_authority");
        assertThat(browser.get("/nowhere").statusCode()).isEqualTo(404);
        assertThat(browser.get("/start").statusCode()).isEqualTo(404);
    }
}
