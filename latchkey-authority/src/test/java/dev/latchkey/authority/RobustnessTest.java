package dev.latchkey.authority;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.authority.TestClient.Answer;
import dev.latchkey.authority.memory.BoundedStore;
import dev.latchkey.authority.realm.Personality;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What strangers, fools and machines send. */
@Tag("once")
final class RobustnessTest {
    private static final long SEED = 20_260_711;
    private static final Pattern FIELD = Pattern.compile("name=\"(flow|csrf)\" value=\"([^\"]*)\"");

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    @Test
    void fuzzedParameters_neverGive500_norARedirectToAStranger() throws Exception {
        try (LocalAuthority idp = LocalAuthority.builder().seed(SEED).start()) {
            Random random = new Random(SEED);
            List<String> paths = paths(idp);
            for (int i = 0; i < 6_000; i++) {
                boolean post = random.nextBoolean();
                String uri = paths.get(random.nextInt(paths.size()));
                String parameters = parameters(random);
                HttpResponse<String> response = send(post, uri, parameters, random);
                String what = "request " + i + ": " + (post ? "POST " : "GET ") + uri + " " + parameters;
                assertThat(response.statusCode()).as(what).isLessThan(500);
                assertThat(response.headers().firstValue("location").orElse("http://localhost"))
                        .as(what)
                        .matches("http://(localhost|127\\.0\\.0\\.1|\\[::1\\])(:[0-9]+)?([/?#].*)?");
                assertThat(response.body()).as(what).doesNotContain("\tat ", "Exception");
            }
        }
    }

    @Test
    void tenThousandAbandonedSignIns_areForgotten_oldestFirst() throws Exception {
        try (LocalAuthority idp = LocalAuthority.builder().seed(SEED).start()) {
            URI authorize = TestClient.oidc(idp).authorize();
            HttpResponse<String> first = get(authorize);
            for (int i = 0; i < 10_000; i++) {
                get(authorize);
            }
            HttpResponse<String> last = get(authorize);

            assertThat(answer(idp, first).body()).contains("too old");
            assertThat(answer(idp, last).body()).contains("user name or password is wrong");
            assertThat(idp.requests().all()).hasSizeLessThanOrEqualTo(RequestLog.CAPACITY);
        }
    }

    @Test
    void moreAbandonedSignIns_holdNothingMore() throws Exception {
        try (LocalAuthority idp = LocalAuthority.builder().seed(SEED).start()) {
            URI authorize = TestClient.oidc(idp).authorize();
            int before = Retained.entries(idp);
            long empty = usedKibibytes();
            abandon(authorize, 10_000);
            int full = Retained.entries(idp);
            long filled = usedKibibytes();

            abandon(authorize, 3_000);

            assertThat(full).isGreaterThan(before + 2_000);
            assertThat(Retained.entries(idp)).isEqualTo(full);
            // Printed, not asserted: what else runs in this JVM is no concern of the authority.
            System.out.printf(
                    "Abandoned sign-ins: %d entries, %d after 10000 and 13000; heap +%d KiB, then %+d KiB%n",
                    before, full, filled - empty, usedKibibytes() - filled);
        }
    }

    private void abandon(URI authorize, int times) throws Exception {
        for (int i = 0; i < times; i++) {
            get(authorize);
        }
    }

    private static long usedKibibytes() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return (runtime.totalMemory() - runtime.freeMemory()) / 1024;
    }

    @Test
    void boundedStore_full_forgetsTheEntryUsedLongestAgo() {
        BoundedStore<Integer> store = new BoundedStore<>(2);
        store.put("a", 1);
        store.put("b", 2);
        assertThat(store.get("a")).contains(1);
        store.put("c", 3);

        assertThat(store.size()).isEqualTo(2);
        assertThat(store.get("b")).isEmpty();
        assertThat(store.get("a")).contains(1);
    }

    @Test
    void sameSeedAndTimes_giveTheSameTokensAndKeys() {
        List<String> once = run(SEED, 0);
        int port = Integer.parseInt(once.get(0));

        assertThat(run(SEED, port)).isEqualTo(once);
        assertThat(run(SEED + 1, port)).isNotEqualTo(once);
    }

    @Test
    void families_showTheLineOfRefreshTokens() {
        VirtualClock clock = VirtualClock.atPresent();
        try (LocalAuthority idp = LocalAuthority.builder().clock(clock).start()) {
            TestClient client = TestClient.oidc(idp);
            String first = client.tokens(idp).text("refresh_token");
            clock.advance(Duration.ofMinutes(1));
            String second = client.refresh(first).text("refresh_token");
            client.refresh(second);
            client.tokens(idp);

            TokenFamily family = idp.tokenFamilies().get(0);

            assertThat(idp.tokenFamilies()).hasSize(2);
            assertThat(family.generations()).isEqualTo(3);
            assertThat(family.userName()).isEqualTo("alice@contoso.example");
            assertThat(family.members())
                    .extracting(TokenFamily.Member::generation)
                    .containsExactly(1, 2, 3);
            assertThat(family.members().get(0).replacedAt())
                    .contains(family.members().get(1).issuedAt());
            assertThat(family.members().get(2).replacedAt()).isEmpty();
            assertThat(family.revoked()).isFalse();
            client.refresh(first);
            assertThat(idp.tokenFamilies().get(0).revoked()).isTrue();
            assertThat(idp.tokenFamilies().get(1).revoked()).isFalse();
            assertThat(family.toString()).doesNotContain(first, second);
        }
    }

    private static List<String> run(long seed, int port) {
        VirtualClock clock = VirtualClock.at(Instant.parse("2030-01-01T00:00:00Z"));
        try (LocalAuthority idp =
                LocalAuthority.builder().seed(seed).clock(clock).port(port).start()) {
            TestClient client = TestClient.oidc(idp);
            Answer tokens = client.tokens(idp);
            Answer refreshed = client.refresh(tokens.text("refresh_token"));
            return List.of(
                    String.valueOf(idp.baseUri().getPort()),
                    tokens.response().body(),
                    refreshed.response().body(),
                    client.get(idp.oidcIssuer() + "/jwks").response().body());
        }
    }

    @Test
    void fuzzedRegistrations_neverGive500() throws Exception {
        try (LocalAuthority idp = LocalAuthority.builder().seed(SEED).start()) {
            Random random = new Random(SEED);
            for (int i = 0; i < 2_000; i++) {
                String body = registration(random);
                HttpRequest request = HttpRequest.newBuilder(URI.create(idp.oidcIssuer() + "/register"))
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build();
                HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
                assertThat(response.statusCode()).as(body).isIn(201, 400);
            }
        }
    }

    private static String registration(Random random) {
        StringBuilder members = new StringBuilder();
        for (int i = random.nextInt(6); i >= 0; i--) {
            members.append(members.isEmpty() ? "" : ",")
                    .append(pick(
                            random,
                            "\"redirect_uris\"",
                            "\"redirect_uris\"",
                            "\"post_logout_redirect_uris\"",
                            "\"frontchannel_logout_uri\"",
                            "\"backchannel_logout_uri\"",
                            "\"client_name\"",
                            "\"jwks\"",
                            "\"token_endpoint_auth_method\"",
                            "\"\\u0000\""))
                    .append(':')
                    .append(pick(
                            random,
                            "[\"http://localhost\"]",
                            "[\"http://localhost\", null, 1, {}, [], \"\"]",
                            "[\"javascript:alert(1)\"]",
                            "[\"::\"]",
                            "\"http://localhost/#fragment\"",
                            "\"private_key_jwt\"",
                            "\"none\"",
                            "{\"keys\":[{\"kty\":\"RSA\",\"n\":\"AQAB\",\"e\":\"AQAB\"}]}",
                            "{\"keys\":[{\"kty\":\"EC\",\"crv\":\"P-256\",\"x\":\"AA\",\"y\":\"AA\"}]}",
                            "{\"keys\":[{\"kty\":\"OKP\",\"crv\":\"Ed25519\",\"x\":\"AA\"}]}",
                            "{\"keys\":[{\"kty\":\"oct\",\"k\":\"AA\"}, 7, {}, null]}",
                            "{\"keys\":{}}",
                            "1e99999",
                            "null",
                            "true"));
        }
        String whole = "{" + members + "}";
        return random.nextInt(10) == 0 ? whole.substring(0, random.nextInt(whole.length())) : whole;
    }

    /** Every endpoint of every personality, and places where there is nothing. */
    private static List<String> paths(LocalAuthority idp) {
        List<String> paths = new ArrayList<>();
        addAll(paths, idp.entraAuthority("common"), Personality.ENTRA);
        addAll(paths, idp.entraAuthority("contoso"), Personality.ENTRA);
        addAll(paths, idp.ciamAuthority("contoso"), Personality.CIAM);
        addAll(paths, idp.b2cAuthority("contoso", "B2C_1_susi"), Personality.B2C);
        addAll(paths, idp.b2cAuthority("contoso", "B2C_1_edit"), Personality.B2C);
        addAll(paths, idp.b2cAuthority("contoso", "B2C_1_reset"), Personality.B2C);
        addAll(paths, idp.adfsAuthority(), Personality.ADFS);
        addAll(paths, idp.oidcIssuer(), Personality.OIDC);
        for (String place : List.of(
                "/",
                "/status",
                "/interaction",
                "/device",
                "/api/me",
                "/assets/page.css",
                "/tfp",
                "/ciam/contoso",
                "/tfp/contoso/B2C_1_susi",
                "/nowhere/oauth2/v2.0/authorize")) {
            paths.add(idp.baseUri() + place);
        }
        return paths;
    }

    private static void addAll(List<String> paths, URI authority, Personality personality) {
        for (Endpoint endpoint : Endpoint.values()) {
            personality.path(endpoint).ifPresent(path -> paths.add(authority + path));
        }
    }

    private static String parameters(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(14); i > 0; i--) {
            String name = pick(
                    random,
                    "client_id",
                    "redirect_uri",
                    "response_type",
                    "response_mode",
                    "scope",
                    "state",
                    "nonce",
                    "prompt",
                    "max_age",
                    "login_hint",
                    "id_token_hint",
                    "code_challenge",
                    "code_challenge_method",
                    "dpop_jkt",
                    "claims",
                    "request_uri",
                    "request",
                    "resource",
                    "grant_type",
                    "code",
                    "code_verifier",
                    "refresh_token",
                    "client_secret",
                    "client_assertion",
                    "client_assertion_type",
                    "assertion",
                    "requested_token_use",
                    "device_code",
                    "user_code",
                    "token",
                    "subject_token",
                    "subject_token_type",
                    "actor_token",
                    "post_logout_redirect_uri",
                    "logout_hint",
                    "csrf",
                    "flow",
                    "action",
                    "username",
                    "password",
                    "sid",
                    "authorization_endpoint",
                    "api-version",
                    "client-request-id",
                    "%zz",
                    "");
            text.append(name).append('=').append(value(random)).append('&');
        }
        return text.toString();
    }

    private static String value(Random random) {
        String value = pick(
                random,
                "demo-app",
                "http://localhost",
                "http://localhost:1/cb",
                "https://evil.example/",
                "code",
                "query",
                "form_post",
                "fragment",
                "device",
                "openid",
                "openid offline_access User.Read",
                "none",
                "login",
                "select_account",
                "0",
                "99999999999999999999",
                "-1",
                "alice@contoso.example",
                "secret",
                "a.b.c",
                "eyJhbGciOiJub25lIn0.e30.",
                "{}",
                "{\"access_token\":null}",
                "{\"access_token\":{\"nbf\":[]}}",
                "[[[[",
                TestClient.challenge(),
                "S256",
                "authorization_code",
                "refresh_token",
                "client_credentials",
                "urn:ietf:params:oauth:grant-type:device_code",
                "urn:ietf:params:oauth:grant-type:jwt-bearer",
                "urn:ietf:params:oauth:grant-type:token-exchange",
                "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
                "on_behalf_of",
                "http://",
                "://",
                "http:///x",
                "http://localhost@evil.example",
                "http://localhost\\@evil.example",
                "javascript:alert(1)",
                "//evil.example",
                "<script>",
                "\"'><b>",
                "\u0000",
                "\r\nSet-Cookie: a=b",
                "\ud83d\ude00",
                "/",
                ".default",
                "https://graph.microsoft.com//User.Read",
                "sign-in",
                "cancel");
        if (random.nextInt(10) == 0) {
            return value;
        }
        if (random.nextInt(10) == 0) {
            byte[] noise = new byte[random.nextInt(40)];
            random.nextBytes(noise);
            value = new String(noise, StandardCharsets.ISO_8859_1);
        }
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }

    private static String pick(Random random, String... choices) {
        return choices[random.nextInt(choices.length)];
    }

    private HttpResponse<String> send(boolean post, String uri, String parameters, Random random) throws Exception {
        String query = parameters.replaceAll("[^A-Za-z0-9%&=+._*-]", "");
        HttpRequest.Builder request = post
                ? HttpRequest.newBuilder(URI.create(uri))
                        .header("Content-Type", pick(random, "application/x-www-form-urlencoded", "application/json"))
                        .POST(HttpRequest.BodyPublishers.ofString(parameters))
                : HttpRequest.newBuilder(URI.create(uri + "?" + query.replaceAll("%(?![0-9A-Fa-f]{2})", "")));
        if (random.nextInt(5) == 0) {
            request.header(
                    "Authorization",
                    pick(random, "Basic", "Basic !!!", "Basic Og==", "Bearer x", "DPoP x.y.z", "Bearer "));
            request.header("DPoP", pick(random, "x", "a.b.c", "eyJhbGciOiJFUzI1NiIsInR5cCI6ImRwb3Arand0In0.e30.AA"));
            request.header("Origin", pick(random, "null", "http://localhost", "https://evil.example", "%%"));
        }
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> get(URI uri) throws IOException, InterruptedException {
        return http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString());
    }

    /** Answers a sign-in page with a wrong password, from the browser it was shown in. */
    private HttpResponse<String> answer(LocalAuthority idp, HttpResponse<String> page) throws Exception {
        StringBuilder form = new StringBuilder("action=sign-in&username=alice%40contoso.example&password=wrong");
        Matcher field = FIELD.matcher(page.body());
        while (field.find()) {
            form.append('&').append(field.group(1)).append('=').append(field.group(2));
        }
        String cookie = page.headers().firstValue("set-cookie").orElse("").split(";", 2)[0];
        return http.send(
                HttpRequest.newBuilder(URI.create(idp.baseUri() + "/interaction"))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .header("Cookie", cookie)
                        .POST(HttpRequest.BodyPublishers.ofString(form.toString()))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }
}
