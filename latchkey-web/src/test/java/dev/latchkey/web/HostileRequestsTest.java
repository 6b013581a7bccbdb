package dev.latchkey.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.PrintableText;
import dev.latchkey.core.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Arbitrary hostile requests cause no server failure and put no line of theirs into the log. Every run is the same.
 */
@Timeout(300)
final class HostileRequestsTest {
    private static final String FORGED = "2026-01-01 ERROR forged";
    private static final String WORDS =
            "x\u001b[2J\r\n" + FORGED + "\u0000\u007f\u0085\u009b\u200b\u2028\u202e\u2066\uD800";
    private static final String OTHER_WORDS = "\uDC00\t<script>\"'%0d%0a\\";

    private static final List<Object> VALUES = Arrays.asList(
            null,
            true,
            0L,
            -1L,
            Long.MAX_VALUE,
            Long.MIN_VALUE,
            999_999_999_999_999_999L,
            new java.math.BigDecimal("1e99999"),
            new java.math.BigDecimal("-0.5"),
            "",
            " ",
            "common",
            "https://evil.example/",
            "http://[::1",
            "//",
            "a/../b",
            "{",
            "{\"access_token\":null}",
            "{\"access_token\":{\"x\":{\"essential\":\"" + "y".repeat(200) + "\"}}}",
            "x".repeat(5_000),
            WORDS,
            OTHER_WORDS,
            List.of(),
            List.of(WORDS, OTHER_WORDS, 1L, true),
            List.of("a b", "\"", "ä"),
            Map.of(),
            Map.of(WORDS, WORDS, "", "x", "client_id", "evil", "state", "x", "redirect_uri", OTHER_WORDS, "a b", 7L),
            Map.of("homeAccountId", WORDS, "environment", WORDS, "tenantId", WORDS),
            Map.of("homeAccountId", "a|b", "environment", "a|b"),
            Map.of("homeAccountId", 1L));

    private static final List<String> MEMBERS = List.of(
            "scopes",
            "extraScopesToConsent",
            "authority",
            "tenantId",
            "prompt",
            "loginHint",
            "domainHint",
            "maxAge",
            "claims",
            "resource",
            "state",
            "correlationId",
            "extraQueryParameters",
            "extraParameters",
            "account",
            "cacheLookupPolicy",
            "forceRefresh");

    private static final List<String> OUTER = List.of(
            "id", "type", "returnTo", "account", "state", "postLogoutRedirectUri", "logoutHint", "request", WORDS);

    private static final List<String> POSTS =
            List.of("/start", "/result", "/cancel", "/token", "/active", "/clear", "/logout", "/api/x/y", "/nowhere");

    private final ByteArrayOutputStream log = new ByteArrayOutputStream();
    private final PrintStream before = System.err;
    private WebBench bench;
    private Random random;
    private String cookie;

    private void begin(long seed, UnaryOperator<LatchkeyWebBuilder> settings) throws Exception {
        bench = WebBench.with(settings);
        random = new Random(seed);
        // A sign-in in progress: the most that a user without a session can have.
        Browser browser = bench.browser();
        browser.start(Browser.newId(), "popup", Map.of(), "User.Read");
        cookie = browser.cookies();
        System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
    }

    @AfterEach
    void stop() {
        System.setErr(before);
        bench.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void bodies_hostile_areNoFailureOfTheServer(long seed) throws Exception {
        begin(seed, settings -> seed % 2 == 0 ? settings.allowOtherTenants() : settings);
        for (int i = 0; i < 400; i++) {
            String path = POSTS.get(random.nextInt(POSTS.size()));
            assertServed("POST " + path, post(path, body()));
        }
        assertLogIsClean();
    }

    @Test
    void member_everyOneWithEveryValue_isNoFailureOfTheServer() throws Exception {
        begin(4, LatchkeyWebBuilder::allowOtherTenants);
        for (String member : MEMBERS) {
            for (Object value : VALUES) {
                Map<String, Object> request = new LinkedHashMap<>(Map.of("scopes", List.of("User.Read")));
                request.put(member, value);
                for (String path : List.of("/start", "/token")) {
                    String json = Json.write(Map.of("type", "popup", "id", Browser.newId(), "request", request));
                    assertServed(path + " with " + member + " = " + value, post(path, json));
                }
            }
        }
        assertLogIsClean();
    }

    @ParameterizedTest
    @ValueSource(longs = {5, 6})
    void headers_hostile_areNoFailureOfTheServer(long seed) throws Exception {
        begin(seed, settings -> settings);
        List<String> names = List.of(
                "Host",
                "Origin",
                "Cookie",
                "Content-Type",
                "X-Forwarded-Host",
                "X-Forwarded-Proto",
                "Forwarded",
                "Sec-Fetch-Site",
                "X-Latchkey",
                "If-None-Match",
                "Content-Length",
                "Transfer-Encoding",
                "Expect");
        List<String> values = List.of(
                "",
                "a b",
                "[::1",
                "[::1]:99999",
                "ex_ample:80",
                "a..b",
                "%00",
                "%zz",
                "höst",
                "\u0001",
                "\u001b[2J",
                "localhost:-1",
                ":80",
                "user@host",
                "host/path",
                "a;b=c,\"d",
                "null",
                "chunked",
                "-1",
                "x".repeat(4000),
                "localhost",
                "xn--",
                "a\u0085b",
                "{}",
                "127.1",
                "0",
                "*",
                "host#",
                "host?q",
                "1234567890123456789012");
        for (int i = 0; i < 500; i++) {
            Map<String, String> headers = new LinkedHashMap<>();
            for (int j = 0; j <= random.nextInt(3); j++) {
                headers.put(names.get(random.nextInt(names.size())), values.get(random.nextInt(values.size())));
            }
            String body = Json.write(start());
            String path = List.of("/start", "/token", "/session", "/callback", "/events", "/signed-out", "/latchkey.js")
                    .get(random.nextInt(7));
            String method = path.equals("/start") || path.equals("/token") ? "POST" : "GET";
            assertServed(method + " " + path + " with " + headers, raw(method, path, headers, body));
        }
        assertLogIsClean();
    }

    @ParameterizedTest
    @ValueSource(longs = {7, 8})
    void addresses_hostile_areNoFailureOfTheServer(long seed) throws Exception {
        begin(seed, settings -> settings.proxy("x", URI.create("https://api.example/v1"), "User.Read"));
        List<String> methods =
                List.of("GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS", "TRACE", "PATCH", "FOO", "get");
        List<String> paths = List.of(
                "/callback",
                "/signed-out",
                "/events",
                "/session",
                "/accounts",
                "/start",
                "/api/x/y",
                "/api/",
                "/api/x",
                "/",
                "",
                "/%0d%0aX",
                "/%1b%5b2J",
                "/%",
                "/%zz",
                "/..%2f",
                "/%00",
                "/callback/",
                "/callback;a=b",
                "//x",
                "/%e2%80%ae",
                "/%c2%85" + FORGED.replace(" ", "%20"),
                "/%ff",
                "/latchkey.js",
                "/a\u0085b",
                "/:80",
                "/[");
        List<String> queries = List.of(
                "",
                "?",
                "?state",
                "?state=",
                "?state=%",
                "?state=%zz",
                "?state=%ff",
                "?state=%0d%0a" + "x",
                "?state=a&state=b",
                "?=x",
                "?&&&",
                "?code=%1b&state=%c2%9b&error=%e2%80%ae",
                "?" + "a=b&".repeat(900),
                "?iss=%00",
                "?state=%ed%a0%80",
                "?%",
                "?state=\u00e4",
                "?state=a%20b#x",
                "?state={}|^`\"<>");
        for (int i = 0; i < 800; i++) {
            String target = paths.get(random.nextInt(paths.size())) + queries.get(random.nextInt(queries.size()));
            String method = methods.get(random.nextInt(methods.size()));
            assertServed(method + " " + target, raw(method, target, Map.of(), ""));
        }
        assertLogIsClean();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Transfer-Encoding: chunked\r\n\r\nzz\r\nx\r\n0\r\n\r\n",
                "Transfer-Encoding: chunked\r\n\r\n5\r\nx\r\n",
                "Content-Length: 999999\r\n\r\n{",
                "Content-Encoding: gzip\r\nContent-Length: 2\r\n\r\n{}",
                "Content-Length: 3\r\n\r\n\u00ff\u00fe{"
            })
    void body_brokenOnTheWay_isNoFailureOfTheServer(String rest) throws Exception {
        begin(9, settings -> settings);
        String head = "POST /latchkey/start HTTP/1.1\r\nHost: "
                + URI.create(bench.origin).getAuthority()
                + "\r\nX-Latchkey: 1\r\nContent-Type: application/json\r\nConnection: close\r\n";

        assertServed(rest, send(head + rest, true));
        assertLogIsClean();
    }

    private Map<String, Object> start() {
        return Map.of("type", "popup", "id", Browser.newId(), "request", Map.of("scopes", List.of("User.Read")));
    }

    private String body() {
        if (random.nextInt(20) == 0) {
            return List.of("", "[]", "null", "{", "\u0000", "{\"a\":" + "[".repeat(500), "{\"a\":1,\"a\":2}", "1e9")
                    .get(random.nextInt(8));
        }
        Map<String, Object> request = new LinkedHashMap<>(Map.of("scopes", List.of("User.Read")));
        for (int i = 0; i < random.nextInt(4); i++) {
            request.put(MEMBERS.get(random.nextInt(MEMBERS.size())), anyValue(0));
        }
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("id", Browser.newId());
        body.put("type", List.of("popup", "redirect", "frame").get(random.nextInt(3)));
        body.put("returnTo", "/");
        body.put("request", request);
        for (int i = 0; i < random.nextInt(2); i++) {
            body.put(OUTER.get(random.nextInt(OUTER.size())), anyValue(0));
        }
        return Json.write(body);
    }

    private Object anyValue(int depth) {
        if (depth < 40 && random.nextInt(4) == 0) {
            Object inner = anyValue(depth + 1);
            return random.nextBoolean() ? Collections.singletonList(inner) : Collections.singletonMap(WORDS, inner);
        }
        return VALUES.get(random.nextInt(VALUES.size()));
    }

    private int post(String path, String json) throws IOException {
        return raw("POST", path, Map.of(), json);
    }

    /** A request like a page's, with some headers replaced. */
    private int raw(String method, String target, Map<String, String> changes, String body) throws IOException {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Host", URI.create(bench.origin).getAuthority());
        headers.put("X-Latchkey", "1");
        headers.put("Content-Type", "application/json");
        headers.put("Content-Length", "" + body.getBytes(StandardCharsets.UTF_8).length);
        if (random.nextBoolean()) {
            headers.put("Cookie", cookie);
        }
        headers.putAll(changes);
        headers.put("Connection", "close");
        StringBuilder head = new StringBuilder(method + " /latchkey" + target + " HTTP/1.1\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        return send(head + "\r\n" + body, changes.containsKey("Content-Length") || changes.containsKey("Expect"));
    }

    /** The status; 0 if the connection was closed without one. */
    private int send(String request, boolean endsHere) throws IOException {
        URI origin = URI.create(bench.origin);
        try (Socket socket = new Socket("127.0.0.1", origin.getPort())) {
            socket.setSoTimeout(10_000);
            OutputStream out = socket.getOutputStream();
            out.write(request.getBytes(StandardCharsets.UTF_8));
            out.flush();
            if (endsHere) {
                socket.shutdownOutput();
            }
            return status(socket.getInputStream());
        } catch (java.net.SocketException e) {
            return 0;
        }
    }

    private static int status(InputStream in) throws IOException {
        List<Integer> line = new ArrayList<>();
        for (int c = in.read(); c >= 0 && c != '\n'; c = in.read()) {
            line.add(c);
        }
        StringBuilder text = new StringBuilder();
        line.forEach(c -> text.append((char) (int) c));
        String[] parts = text.toString().split(" ");
        return parts.length < 2 ? 0 : Integer.parseInt(parts[1].trim());
    }

    private void assertServed(String what, int status) {
        assertThat(status)
                .as(() -> PrintableText.of(what, 2_000) + "\n" + log.toString(StandardCharsets.UTF_8))
                .isLessThan(500);
    }

    /** The container's own log lines are not checked. */
    private void assertLogIsClean() {
        List<String> lines = log.toString(StandardCharsets.UTF_8)
                .lines()
                .filter(line -> !line.contains(" org.eclipse.jetty."))
                .toList();
        for (String line : lines) {
            assertThat(line.replace("\t", ""))
                    .matches(PrintableText::isPrintable, "is printable")
                    .doesNotStartWith(FORGED);
        }
    }
}
