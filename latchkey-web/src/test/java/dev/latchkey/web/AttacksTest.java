package dev.latchkey.web;

import static dev.latchkey.web.Browser.errorOf;
import static dev.latchkey.web.Browser.json;
import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.authority.GrantType;
import dev.latchkey.core.json.Json;
import dev.latchkey.core.json.JsonObject;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Attacks that must fail, at the level of HTTP; browser-specific ones are tried in a browser. */
final class AttacksTest {
    private WebBench bench;
    private Browser victim;

    @BeforeEach
    void start() throws Exception {
        bench = WebBench.start();
        victim = bench.browser();
    }

    @AfterEach
    void stop() {
        bench.close();
    }

    @Test
    void callback_withTheStateOfAnotherSession_isRefusedAndNothingRedeemed() {
        Browser attacker = bench.browser();
        URI callback = attacker.visit(WebBench.BOB, attacker.start(Browser.newId(), "popup", Map.of(), "User.Read"));
        victim.signIn(WebBench.ALICE, "User.Read");

        HttpResponse<String> page = victim.navigate(callback);

        assertThat(page.statusCode()).isEqualTo(400);
        assertThat(victim.usernames()).containsExactly(WebBench.ALICE);
        bench.idp.verify().tokenRequests(GrantType.AUTHORIZATION_CODE).exactly(1);
    }

    @Test
    void loginCsrf_withoutAnySession_isRefused() {
        Browser attacker = bench.browser();
        URI callback = attacker.visit(WebBench.BOB, attacker.start(Browser.newId(), "redirect", Map.of(), "User.Read"));

        HttpResponse<String> page = victim.navigate(callback);

        assertThat(page.statusCode()).isEqualTo(400);
        assertThat(page.headers().firstValue("Location")).isEmpty();
        assertThat(victim.cookie).isNull();
    }

    @Test
    void callback_replayed_isRefusedWithoutAskingTheAuthority() {
        String id = Browser.newId();
        URI callback = victim.visit(WebBench.ALICE, victim.start(id, "popup", Map.of(), "User.Read"));
        victim.navigate(callback);

        HttpResponse<String> again = victim.navigate(callback);

        assertThat(again.statusCode()).isEqualTo(400);
        bench.idp.verify().tokenRequests(GrantType.AUTHORIZATION_CODE).exactly(1);
        assertThat(victim.post("/result", Map.of("id", id)).statusCode()).isEqualTo(200);
    }

    @Test
    void sessionFixation_idKnownBeforeTheSignIn_opensNothingAfterwards() {
        Browser attacker = bench.browser();
        attacker.signIn(WebBench.BOB, "User.Read");
        attacker.post("/clear", "{}");
        victim.cookie = attacker.cookie;

        victim.signIn(WebBench.ALICE, "User.Read");

        assertThat(victim.cookie).isNotEqualTo(attacker.cookie);
        assertThat(attacker.usernames()).isEmpty();
        assertThat(attacker.token(Map.of(), "User.Read").statusCode()).isEqualTo(401);
    }

    @Test
    void sessionId_madeUpByTheClient_isNeverAdopted() {
        victim.cookie = "A".repeat(43);

        victim.signIn(WebBench.ALICE, "User.Read");

        assertThat(victim.cookie).isNotEqualTo("A".repeat(43));
    }

    @Test
    void call_fromAnotherOrigin_isRefused() {
        victim.signIn(WebBench.ALICE, "User.Read");
        for (Map<String, String> headers : List.of(
                Map.of("Origin", "https://evil.example", "X-Latchkey", "1"),
                Map.of("Origin", "null", "X-Latchkey", "1"),
                Map.of("Sec-Fetch-Site", "cross-site", "X-Latchkey", "1"),
                Map.of("Sec-Fetch-Site", "same-site", "X-Latchkey", "1"),
                Map.of("Origin", bench.origin))) {
            victim.headers.clear();
            victim.headers.putAll(headers);

            for (String call : List.of("/token", "/start", "/logout", "/clear", "/active", "/result", "/cancel")) {
                HttpResponse<String> answer = victim.post(call, "{}");
                assertThat(answer.statusCode()).as("%s with %s", call, headers).isEqualTo(403);
                assertThat(answer.headers().firstValue("Access-Control-Allow-Origin"))
                        .isEmpty();
            }
            assertThat(victim.get("/session").statusCode()).isEqualTo(403);
            assertThat(victim.get("/accounts").statusCode()).isEqualTo(403);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/x-www-form-urlencoded", "text/plain", "multipart/form-data", ""})
    void form_ofAnotherSite_cannotPassForJson(String type) {
        String json = Json.write(startOf(Map.of()));

        HttpResponse<String> answer = victim.post("/start", type, json);

        assertThat(errorOf(answer)).isEqualTo("unsupported_media_type");
        assertThat(victim.post("/start", "application/json; charset=utf-8", json)
                        .statusCode())
                .isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example/",
                "//evil.example/",
                "/\\evil.example/",
                "\\\\evil.example/",
                "/\t/evil.example/",
                "javascript:alert(1)",
                "data:text/html,x",
                "http://localhost.evil.example/",
                "/a\r\nSet-Cookie: x=y",
                "%2F%2Fevil.example",
                ""
            })
    void returnAddress_ofAnotherSite_isRefused(String address) {
        HttpResponse<String> answer = victim.post(
                "/start",
                Map.of(
                        "type",
                        "redirect",
                        "id",
                        Browser.newId(),
                        "returnTo",
                        address,
                        "request",
                        Map.of("scopes", List.of("User.Read"))));

        if (answer.statusCode() == 200) {
            assertThat(address).isEmpty();
        } else {
            assertThat(errorOf(answer)).isEqualTo("invalid_return_to");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"@evil.example/", ".evil.example/", ":1@evil.example/"})
    void returnAddress_thatOnlyBeginsLikeOurs_isRefused(String rest) {
        HttpResponse<String> answer = victim.post(
                "/start",
                Map.of(
                        "type",
                        "redirect",
                        "id",
                        Browser.newId(),
                        "returnTo",
                        bench.origin + rest,
                        "request",
                        Map.of("scopes", List.of("User.Read"))));

        assertThat(answer.statusCode()).isEqualTo(400);
    }

    @Test
    void postLogoutAddress_ofAnotherSite_isRefused() {
        victim.signIn(WebBench.ALICE, "User.Read");

        HttpResponse<String> answer = victim.post(
                "/logout",
                Map.of("type", "redirect", "id", Browser.newId(), "postLogoutRedirectUri", "https://evil.example/"));

        assertThat(errorOf(answer)).isEqualTo("invalid_return_to");
        assertThat(victim.usernames()).containsExactly(WebBench.ALICE);
    }

    @Test
    void scriptsInErrorsAndStates_neverReachAPage() {
        String id = Browser.newId();
        String script = "<script>alert(1)</script>";
        URI address = victim.start(id, "popup", Map.of("state", script), "User.Read");
        String state = address.getQuery().replaceAll(".*[?&]?state=([^&]*).*", "$1");

        HttpResponse<String> page = victim.navigate(URI.create(bench.origin + "/latchkey/callback?state=" + state
                + "&error=access_denied&error_description=%3Cscript%3Ealert(1)%3C%2Fscript%3E"));
        HttpResponse<String> unknown =
                victim.navigate(URI.create(bench.origin + "/latchkey/callback?state=%3Cscript%3E&error=%3Cscript%3E"));
        HttpResponse<String> signedOut = victim.navigate(
                URI.create(bench.origin + "/latchkey/signed-out?state=%22%3E%3Cscript%3Ealert(1)%3C/script%3E"));

        for (HttpResponse<String> answer : List.of(page, unknown, signedOut)) {
            assertThat(answer.body()).doesNotContain("alert(1)").doesNotContain("access_denied");
            assertThat(answer.headers().firstValue("Content-Security-Policy").orElseThrow())
                    .contains("default-src 'none'", "script-src 'nonce-")
                    .doesNotContain("unsafe");
            assertThat(answer.headers().firstValue("Referrer-Policy")).contains("no-referrer");
        }
        // The error is rejected too: it lacks the iss that the authority promises (RFC 9207).
        assertThat(errorOf(victim.post("/result", Map.of("id", id)))).isEqualTo("issuer_mismatch");
    }

    @Test
    void callbackParameters_twice_areNotBelieved() {
        String id = Browser.newId();
        URI callback = victim.visit(WebBench.ALICE, victim.start(id, "popup", Map.of(), "User.Read"));

        victim.navigate(URI.create(callback + "&code=other"));

        assertThat(errorOf(victim.post("/result", Map.of("id", id)))).isEqualTo("failed_to_parse_response");
        assertThat(victim.usernames()).isEmpty();
        bench.idp.verify().tokenRequests(GrantType.AUTHORIZATION_CODE).none();
    }

    @Test
    void account_ofAnotherSession_isAsGoodAsUnknown() {
        JsonObject alice = victim.signIn(WebBench.ALICE, "User.Read").object("account");
        Browser attacker = bench.browser();
        attacker.signIn(WebBench.BOB, "User.Read");

        HttpResponse<String> foreign = attacker.token(Map.of("account", alice), "User.Read");
        HttpResponse<String> unknown = attacker.token(
                Map.of("account", Map.of("homeAccountId", "nobody", "environment", "nowhere", "tenantId", "t")),
                "User.Read");

        assertThat(foreign.statusCode()).isEqualTo(401);
        assertThat(foreign.body()).isEqualTo(unknown.body());
        assertThat(errorOf(attacker.post("/active", Map.of("account", alice)))).isEqualTo("no_account_found");
        attacker.post("/clear", Map.of("account", alice));
        attacker.post("/logout", Map.of("type", "redirect", "id", Browser.newId(), "account", alice));
        assertThat(victim.token(Map.of(), "User.Read").statusCode()).isEqualTo(200);
    }

    /** If the header were trusted, the sign-in would end at the attacker's host. */
    @Test
    void hostHeader_ofTheAttacker_isNotWhereThePersonIsSentBackTo() throws Exception {
        String foreign = startWithHost("evil.example", bench.origin);
        bench.close();
        bench = WebBench.with(settings -> settings.publicUri(URI.create("https://www.example.com")));

        String configured = startWithHost("evil.example", "https://www.example.com");

        assertThat(foreign).startsWith("HTTP/1.1 403").contains("forbidden_origin");
        assertThat(configured)
                .startsWith("HTTP/1.1 200")
                .contains("redirect_uri=https%3A%2F%2Fwww.example.com%2Flatchkey%2Fcallback")
                .doesNotContain("evil.example");
    }

    /** The JDK's client sends only the real host. */
    private String startWithHost(String host, String origin) throws IOException {
        String body = Json.write(startOf(Map.of()));
        try (Socket socket = new Socket("127.0.0.1", URI.create(bench.origin).getPort())) {
            socket.getOutputStream()
                    .write(("POST /latchkey/start HTTP/1.1\r\nHost: " + host + "\r\nOrigin: " + origin
                                    + "\r\nX-Latchkey: 1\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: "
                                    + body.length() + "\r\n\r\n" + body)
                            .getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void tokens_neverStandInAnAddressOrAPage() {
        String id = Browser.newId();
        URI callback = victim.visit(WebBench.ALICE, victim.start(id, "redirect", Map.of(), "User.Read"));
        HttpResponse<String> back = victim.navigate(callback);

        String token = json(victim.post("/result", Map.of("id", id))).string("accessToken", "");

        assertThat(back.headers().map().toString() + back.body() + callback).doesNotContain(token);
    }

    @Test
    void twoSignInsAtOnce_leaveOneSessionWithBothAccounts() {
        String first = Browser.newId();
        String second = Browser.newId();
        URI alice = victim.visit(WebBench.ALICE, victim.start(first, "popup", Map.of(), "User.Read"));
        URI bob = victim.visit(WebBench.BOB, victim.start(second, "popup", Map.of(), "User.Read"));

        victim.navigate(alice);
        victim.navigate(bob);

        assertThat(victim.usernames()).containsExactly(WebBench.ALICE, WebBench.BOB);
        assertThat(bench.sessions.list().stream().filter(key -> key.id().startsWith("web-session-")))
                .as("the second joined the first")
                .hasSize(1);
    }

    @Test
    void frame_thatBringsSomebodyElse_signsNobodyIn() {
        JsonObject alice = victim.signIn(WebBench.ALICE, "User.Read").object("account");
        String id = Browser.newId();
        URI address = victim.start(id, "frame", Map.of("account", Browser.ref(alice)), "User.Read");
        assertThat(address.getQuery()).contains("prompt=none");

        victim.navigate(victim.visit(WebBench.BOB, withoutPrompt(address)));

        assertThat(errorOf(victim.post("/result", Map.of("id", id)))).isEqualTo("login_required");
        assertThat(victim.usernames()).containsExactly(WebBench.ALICE);
    }

    /** The response of an authority that ignores the hint. */
    private static URI withoutPrompt(URI address) {
        return URI.create(address.toString().replace("&prompt=none", "").replaceAll("&login_hint=[^&]*", ""));
    }

    @Test
    void tenant_orRequestObject_namedByThePage_isRefused() {
        assertThat(errorOf(victim.post("/start", startOf(Map.of("tenantId", "fabrikam.example")))))
                .isEqualTo("untrusted_authority");
        assertThat(errorOf(victim.post("/start", startOf(Map.of("tenantId", "a/../b")))))
                .isEqualTo("untrusted_authority");
        for (String name : List.of("request", "request_uri", "registration")) {
            assertThat(errorOf(victim.post(
                            "/start", startOf(Map.of("extraQueryParameters", Map.of(name, "https://evil.example/"))))))
                    .isEqualTo("invalid_request");
        }
        assertThat(victim.post("/start", startOf(Map.of("state", "x".repeat(3000))))
                        .statusCode())
                .isEqualTo(400);
        assertThat(victim.post("/start", startOf(Map.of("claims", "{\"a\":\"" + "x".repeat(9000) + "\"}")))
                        .statusCode())
                .isEqualTo(413);
    }

    private static Map<String, Object> startOf(Map<String, ?> more) {
        Map<String, Object> request = new LinkedHashMap<>(more);
        request.put("scopes", List.of("User.Read"));
        return Map.of("type", "popup", "id", Browser.newId(), "request", request);
    }

    @Test
    void account_thatCannotBeRead_isNotTakenForTheActiveOne() {
        victim.signIn(WebBench.ALICE, "User.Read");
        Map<String, ?> broken = Map.of("username", WebBench.ALICE);

        assertThat(victim.token(Map.of("account", broken), "User.Read").statusCode())
                .isEqualTo(400);
        assertThat(victim.post("/clear", Map.of("account", broken)).statusCode())
                .isEqualTo(400);
        assertThat(victim.post("/logout", Map.of("type", "redirect", "id", Browser.newId(), "account", broken))
                        .statusCode())
                .isEqualTo(400);
        assertThat(victim.usernames()).containsExactly(WebBench.ALICE);
    }

    @Test
    void cookie_madeUp_leavesNothingInTheStore() {
        victim.cookie = "B".repeat(43);

        victim.navigate(URI.create(bench.origin + "/latchkey/callback?state=x&code=y"));

        assertThat(bench.sessions.list()).isEmpty();
    }

    @Test
    void pages_canBeFramedByOurselvesOnlyAndOnlyWhereTheyMustBe() {
        String popup = Browser.newId();
        String frame = Browser.newId();
        HttpResponse<String> inPopup =
                victim.navigate(victim.visit(WebBench.ALICE, victim.start(popup, "popup", Map.of(), "User.Read")));
        HttpResponse<String> inFrame =
                victim.navigate(victim.visit(WebBench.ALICE, victim.start(frame, "frame", Map.of(), "User.Read")));
        HttpResponse<String> unknown = victim.navigate(URI.create(bench.origin + "/latchkey/callback?state=x"));
        HttpResponse<String> signedOut = victim.navigate(URI.create(bench.origin + "/latchkey/signed-out"));

        for (HttpResponse<String> never : List.of(inPopup, signedOut)) {
            assertThat(never.headers().firstValue("X-Frame-Options")).contains("DENY");
            assertThat(never.headers().firstValue("Content-Security-Policy").orElseThrow())
                    .endsWith("frame-ancestors 'none'");
        }
        for (HttpResponse<String> ours : List.of(inFrame, unknown)) {
            assertThat(ours.headers().firstValue("X-Frame-Options")).contains("SAMEORIGIN");
            assertThat(ours.headers().firstValue("Content-Security-Policy").orElseThrow())
                    .endsWith("frame-ancestors 'self'");
        }
    }

    /** Only tenants of the application's own cloud may be chosen, not look-alikes. */
    @Test
    void otherTenants_allowed_doNotAllowAnotherHostSchemeOrPath() throws Exception {
        bench.close();
        bench = WebBench.with(LatchkeyWebBuilder::allowOtherTenants);
        victim = bench.browser();
        String own = bench.idp.entraAuthority("organizations").toString();

        assertThat(victim.post("/start", startOf(Map.of("authority", own))).statusCode())
                .isEqualTo(200);
        for (String other : List.of(
                "https://evil.example/fabrikam",
                "https://login.microsoftonline.com/common",
                "http://login.microsoftonline.com/common",
                own.replace("://", "://evil.example@"),
                own.replace("localhost", "localhost.evil.example").replace("127.0.0.1", "127.0.0.2"),
                own.replaceFirst(":([0-9]+)", ":1"),
                "javascript:alert(1)",
                "//evil.example/")) {
            assertThat(errorOf(victim.post("/start", startOf(Map.of("authority", other)))))
                    .as(other)
                    .isEqualTo("untrusted_authority");
        }
        for (String tenant : List.of("a/../b", "a/b", "a?b", "a#b", "a@b", "a:1", "\u00e4", "x".repeat(129))) {
            assertThat(errorOf(victim.post("/start", startOf(Map.of("tenantId", tenant)))))
                    .as(tenant)
                    .isEqualTo("untrusted_authority");
        }
        assertThat(victim.post("/start", startOf(Map.of("tenantId", "organizations")))
                        .statusCode())
                .isEqualTo(200);
    }
}
