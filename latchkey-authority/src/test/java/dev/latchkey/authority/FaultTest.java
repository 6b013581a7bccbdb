package dev.latchkey.authority;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import dev.latchkey.authority.TestClient.Answer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class FaultTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    private final VirtualClock clock = VirtualClock.atPresent();
    private final HttpClient http = HttpClient.newHttpClient();
    private LocalAuthority idp;
    private TestClient client;

    @BeforeEach
    void start() {
        idp = LocalAuthority.builder()
                .clock(clock)
                .refreshTokens(RefreshTokenPolicy.reusable())
                .start();
        client = TestClient.oidc(idp);
    }

    @AfterEach
    void stop() {
        idp.close();
    }

    @Test
    void nthTokenRequest_isThrottled_theOthersAreNot() {
        String refreshToken = client.tokens(idp).text("refresh_token");
        ActiveFault fault = idp.faults()
                .on(Endpoint.TOKEN)
                .grant(GrantType.REFRESH_TOKEN)
                .nth(2)
                .answer(Fault.tooManyRequests(Duration.ofSeconds(7)));

        Answer first = client.refresh(refreshToken);
        Answer second = client.refresh(refreshToken);
        Answer third = client.refresh(refreshToken);

        assertThat(first.status()).isEqualTo(200);
        assertThat(second.status()).isEqualTo(429);
        assertThat(second.header("retry-after")).isEqualTo("7");
        assertThat(third.status()).isEqualTo(200);
        assertThat(fault.timesMet()).isEqualTo(1);
        assertThat(idp.requests().tokenRequests(GrantType.REFRESH_TOKEN))
                .extracting(RecordedRequest::status)
                .containsExactly(200, 429, 200);
    }

    @Test
    void retryAfter_asADate_isAnHttpDate() {
        idp.faults().on(Endpoint.TOKEN).answer(Fault.unavailableUntil(Instant.parse("2030-01-02T03:04:05Z")));

        Answer answer = client.refresh("any");

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.header("retry-after")).isEqualTo("Wed, 2 Jan 2030 03:04:05 GMT");
    }

    @Test
    void twoScripts_firstSetAnswers_bothCount() {
        idp.faults().on(Endpoint.TOKEN).once().answer(Fault.status(500));
        idp.faults().on(Endpoint.TOKEN).nth(2).answer(Fault.status(502));

        assertThat(client.refresh("any").status()).isEqualTo(500);
        assertThat(client.refresh("any").status()).isEqualTo(502);
        assertThat(client.refresh("any").status()).isEqualTo(400);
    }

    @Test
    void condition_onParameters_decides() {
        idp.faults()
                .on(Endpoint.TOKEN)
                .client("demo-app")
                .when(request ->
                        request.parameter("refresh_token").filter("bad"::equals).isPresent())
                .answer(Fault.status(418));

        assertThat(client.refresh("bad").status()).isEqualTo(418);
        assertThat(client.refresh("other").status()).isEqualTo(400);
        assertThat(client.refresh("bad", "client_id", "unknown-app").status()).isNotEqualTo(418);
    }

    @Test
    void outage_ofOneEndpoint_leavesTheOthersUp() {
        String keys = idp.oidcIssuer() + "/jwks";
        try (ActiveFault outage = idp.faults().on(Endpoint.KEYS).answer(Fault.reset())) {
            assertThatThrownBy(() -> send(keys)).isInstanceOf(IOException.class);
            assertThat(client.tokens(idp).status()).isEqualTo(200);
            assertThat(outage.timesMet()).isPositive();
        }
        assertThat(client.get(keys).status()).isEqualTo(200);
    }

    @Test
    void lostAnswer_hasDoneItsWork() {
        String code = client.signIn(idp).answer().get("code");
        idp.faults().on(Endpoint.TOKEN).once().answer(Fault.loseAnswer());

        assertThatThrownBy(() -> client.redeem(code)).hasCauseInstanceOf(IOException.class);

        assertThat(client.redeem(code).text("error_description")).contains("redeemed before");
    }

    @Test
    void halfBody_breaksOffAfterTheHeaders() {
        idp.faults().on(Endpoint.METADATA).answer(Fault.halfBody());

        assertThatThrownBy(() -> send(idp.oidcIssuer() + "/.well-known/openid-configuration"))
                .isInstanceOf(IOException.class);
    }

    @Test
    void halfBody_overTls_breaksOffToo() {
        try (LocalAuthority secure = LocalAuthority.builder().https().start()) {
            secure.faults().on(Endpoint.METADATA).answer(Fault.halfBody());
            HttpClient trusting =
                    HttpClient.newBuilder().sslContext(secure.sslContext()).build();
            HttpRequest request = HttpRequest.newBuilder(
                            URI.create(secure.oidcIssuer() + "/.well-known/openid-configuration"))
                    .build();

            assertThatThrownBy(() -> trusting.send(request, HttpResponse.BodyHandlers.ofString()))
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void hang_endsOnlyWhenTakenBack() throws Exception {
        ActiveFault hang = idp.faults().on(Endpoint.TOKEN).answer(Fault.hang());
        CompletableFuture<Answer> pending = CompletableFuture.supplyAsync(() -> client.refresh("any"));

        hang.awaitMet(1, SOON);
        assertThat(pending).isNotDone();
        hang.close();

        assertThatThrownBy(() -> pending.get(20, TimeUnit.SECONDS)).hasRootCauseInstanceOf(IOException.class);
    }

    @Test
    void delay_passesOnVirtualTime() throws Exception {
        ActiveFault slow = idp.faults().on(Endpoint.KEYS).answer(Fault.delay(Duration.ofMinutes(10)));
        CompletableFuture<Integer> pending = sendAsync(idp.oidcIssuer() + "/jwks");
        slow.awaitMet(1, SOON);

        clock.advance(Duration.ofMinutes(9));
        assertThat(pending).isNotDone();
        clock.advance(Duration.ofMinutes(1));

        assertThat(pending.get(20, TimeUnit.SECONDS)).isEqualTo(200);
    }

    @Test
    void delay_thenAnotherFault_doesBoth() throws Exception {
        ActiveFault slow = idp.faults()
                .on(Endpoint.KEYS)
                .answer(Fault.delay(Duration.ofSeconds(5)).then(Fault.unavailable()));
        CompletableFuture<Integer> pending = sendAsync(idp.oidcIssuer() + "/jwks");
        slow.awaitMet(1, SOON);

        clock.advance(Duration.ofSeconds(5));

        assertThat(pending.get(20, TimeUnit.SECONDS)).isEqualTo(503);
    }

    @Test
    void answersThatAreNoTokenAnswers_arriveAsScripted() {
        idp.faults().on(Endpoint.TOKEN).nth(1).answer(Fault.notJson());
        idp.faults().on(Endpoint.TOKEN).nth(2).answer(Fault.huge(3_000_000));
        idp.faults().on(Endpoint.TOKEN).nth(3).answer(Fault.deeplyNested(5_000));
        idp.faults().on(Endpoint.TOKEN).nth(4).answer(Fault.redirect("https://elsewhere.example/token"));
        idp.faults().on(Endpoint.TOKEN).nth(5).answer(Fault.error(400, "invalid_grant", "so it is"));

        assertThat(client.refresh("any").response().body()).startsWith("<!doctype html>");
        assertThat(client.refresh("any").response().body()).hasSizeGreaterThan(3_000_000);
        assertThat(client.refresh("any").response().body()).contains("{\"a\":{\"a\":{\"a\":");
        Answer redirect = client.refresh("any");
        assertThat(redirect.status()).isEqualTo(307);
        assertThat(redirect.header("location")).isEqualTo("https://elsewhere.example/token");
        assertThat(client.refresh("any").text("error")).isEqualTo("invalid_grant");
    }

    @Test
    void tokenAnswer_members_canBeMissingOrOther() {
        String refreshToken = client.tokens(idp).text("refresh_token");
        idp.faults().on(Endpoint.TOKEN).nth(1).answer(Fault.without("access_token", "expires_in"));
        idp.faults().on(Endpoint.TOKEN).nth(2).answer(Fault.with("token_type", "mac"));
        idp.faults().on(Endpoint.TOKEN).nth(3).answer(Fault.contentType("text/plain"));

        assertThat(client.refresh(refreshToken).json().names())
                .contains("refresh_token")
                .doesNotContain("access_token", "expires_in");
        assertThat(client.refresh(refreshToken).text("token_type")).isEqualTo("mac");
        Answer plain = client.refresh(refreshToken);
        assertThat(plain.header("content-type")).isEqualTo("text/plain");
        assertThat(plain.json().has("access_token")).isTrue();
    }

    @ParameterizedTest
    @EnumSource(IdTokenFlaw.class)
    void idToken_withAFlaw_hasThatFlawAndNoOther(IdTokenFlaw flaw) throws Exception {
        idp.faults().on(Endpoint.TOKEN).answer(Fault.idToken(flaw));

        String idToken = client.tokens(idp).text("id_token");

        if (flaw == IdTokenFlaw.NOT_A_JWT) {
            assertThat(idToken).doesNotContain(".");
            return;
        }
        boolean signatureFlaw = flaw.name().startsWith("ALG_")
                || flaw == IdTokenFlaw.UNKNOWN_KEY
                || flaw == IdTokenFlaw.BROKEN_SIGNATURE;
        assertThat(verifies(idToken)).isEqualTo(!signatureFlaw);
        Map<String, Object> claims = claims(idToken);
        long now = clock.instant().getEpochSecond();
        assertThat(claims.get("iss").equals(idp.oidcIssuer().toString())).isEqualTo(flaw != IdTokenFlaw.WRONG_ISSUER);
        assertThat(claims.get("aud").equals("demo-app"))
                .isEqualTo(flaw != IdTokenFlaw.WRONG_AUDIENCE && flaw != IdTokenFlaw.SEVERAL_AUDIENCES);
        assertThat("the-nonce".equals(claims.get("nonce")))
                .isEqualTo(flaw != IdTokenFlaw.WRONG_NONCE && flaw != IdTokenFlaw.MISSING_NONCE);
        assertThat((long) claims.get("exp") > now).isEqualTo(flaw != IdTokenFlaw.EXPIRED);
        assertThat((long) claims.get("nbf") <= now).isEqualTo(flaw != IdTokenFlaw.NOT_YET_VALID);
        assertThat(idp.user("alice@contoso.example").id().toString().equals(claims.get("sub")))
                .isEqualTo(flaw != IdTokenFlaw.WRONG_SUBJECT && flaw != IdTokenFlaw.MISSING_SUBJECT);
        assertThat("AAAAAAAAAAAAAAAAAAAAAA".equals(claims.get("at_hash"))).isEqualTo(flaw == IdTokenFlaw.WRONG_AT_HASH);
    }

    @Test
    void idToken_claims_canBeAnything() throws Exception {
        idp.faults().on(Endpoint.TOKEN).nth(1).answer(Fault.idTokenClaim("acr", "9"));
        idp.faults().on(Endpoint.TOKEN).nth(2).answer(Fault.idTokenWithout("exp"));

        assertThat(claims(client.tokens(idp).text("id_token"))).containsEntry("acr", "9");
        String second = client.tokens(idp).text("id_token");
        assertThat(claims(second)).doesNotContainKey("exp");
        assertThat(verifies(second)).isTrue();
    }

    @Test
    void rotatedKeys_withOverlap_verifyOldAndNew() throws Exception {
        String before = client.tokens(idp).text("id_token");
        idp.rotateKeys();
        String after = client.tokens(idp).text("id_token");

        assertThat(verifies(before)).isTrue();
        assertThat(verifies(after)).isTrue();
        assertThat(SignedJWT.parse(before).getHeader().getKeyID())
                .isNotEqualTo(SignedJWT.parse(after).getHeader().getKeyID());
    }

    @Test
    void rotatedKeys_withoutOverlap_verifyOnlyNew() throws Exception {
        String before = client.tokens(idp).text("id_token");
        idp.faults().rotateKeysWithoutOverlap();
        String after = client.tokens(idp).text("id_token");

        assertThat(verifies(before)).isFalse();
        assertThat(verifies(after)).isTrue();
    }

    @Test
    void clockSkew_showsInTokens_untilReset() {
        idp.faults().clockSkew(Duration.ofMinutes(10));
        long ahead = (long) claims(client.tokens(idp).text("id_token")).get("iat");
        idp.reset();
        long present = (long) claims(client.tokens(idp).text("id_token")).get("iat");

        assertThat(ahead).isEqualTo(clock.instant().getEpochSecond() + 600);
        assertThat(present).isEqualTo(clock.instant().getEpochSecond());
    }

    @Test
    void reset_takesFaultsBack() {
        idp.faults().on(Endpoint.TOKEN).answer(Fault.status(500));
        idp.reset();

        assertThat(client.tokens(idp).status()).isEqualTo(200);
    }

    @Test
    void barrier_holdsAnswersUntilReleased() throws Exception {
        try (Barrier barrier = idp.hold(Endpoint.KEYS)) {
            CompletableFuture<Integer> one = sendAsync(idp.oidcIssuer() + "/jwks");
            CompletableFuture<Integer> two = sendAsync(idp.oidcIssuer() + "/jwks");
            barrier.awaitWaiting(2, SOON);
            assertThat(one).isNotDone();
            assertThat(two).isNotDone();

            barrier.release();

            assertThat(one.get(20, TimeUnit.SECONDS)).isEqualTo(200);
            assertThat(two.get(20, TimeUnit.SECONDS)).isEqualTo(200);
            assertThat(barrier.waiting()).isZero();
            assertThat(client.get(idp.oidcIssuer() + "/jwks").status()).isEqualTo(200);
        }
    }

    @Test
    void barrier_atTheTokenEndpoint_holdsAfterTheWork() throws Exception {
        String code = client.signIn(idp).answer().get("code");
        try (Barrier barrier = idp.holdTokenEndpoint()) {
            CompletableFuture<Answer> redeemed = CompletableFuture.supplyAsync(() -> client.redeem(code));
            barrier.awaitWaiting(1, SOON);
            assertThat(redeemed).isNotDone();
            assertThat(barrier.releaseOne()).isTrue();
            assertThat(redeemed.get(20, TimeUnit.SECONDS).status()).isEqualTo(200);
            assertThat(barrier.releaseOne()).isFalse();
        }
    }

    @Test
    void barrier_thatOpensAtTwo_opensAtTwo() throws Exception {
        Barrier barrier =
                idp.holdRequests(request -> request.endpoint() == Endpoint.KEYS).opensAtWaiting(2);
        CompletableFuture<Integer> one = sendAsync(idp.oidcIssuer() + "/jwks");
        barrier.awaitWaiting(1, SOON);
        assertThat(one).isNotDone();
        CompletableFuture<Integer> two = sendAsync(idp.oidcIssuer() + "/jwks");

        assertThat(one.get(20, TimeUnit.SECONDS)).isEqualTo(200);
        assertThat(two.get(20, TimeUnit.SECONDS)).isEqualTo(200);
        assertThat(barrier.arrived()).isEqualTo(2);
    }

    @Test
    void barrier_whereNobodyComes_failsTheTestThatWaits() {
        try (Barrier barrier = idp.hold(Endpoint.KEYS)) {
            assertThatThrownBy(() -> barrier.awaitWaiting(1, Duration.ofMillis(20)))
                    .isInstanceOf(AssertionError.class)
                    .hasMessageContaining("there were 0");
        }
    }

    @Test
    void close_endsWhatHangs() throws Exception {
        ActiveFault hang = idp.faults().on(Endpoint.KEYS).answer(Fault.hang());
        CompletableFuture<Integer> pending = sendAsync(idp.oidcIssuer() + "/jwks");
        hang.awaitMet(1, SOON);

        idp.close();

        assertThatThrownBy(() -> pending.get(20, TimeUnit.SECONDS)).hasCauseInstanceOf(IOException.class);
    }

    private boolean verifies(String token) throws Exception {
        JWKSet keys =
                JWKSet.parse(client.get(idp.oidcIssuer() + "/jwks").response().body());
        try {
            SignedJWT jwt = SignedJWT.parse(token);
            var key = keys.getKeyByKeyId(jwt.getHeader().getKeyID());
            return key != null && jwt.verify(new RSASSAVerifier(key.toRSAKey()));
        } catch (java.text.ParseException | com.nimbusds.jose.JOSEException unsigned) {
            return false;
        }
    }

    private static Map<String, Object> claims(String token) {
        String payload = new String(Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]));
        return TestClient.json(payload).asMap();
    }

    private int send(String uri) throws Exception {
        return http.send(HttpRequest.newBuilder(URI.create(uri)).build(), HttpResponse.BodyHandlers.ofString())
                .statusCode();
    }

    private CompletableFuture<Integer> sendAsync(String uri) {
        return http.sendAsync(HttpRequest.newBuilder(URI.create(uri)).build(), HttpResponse.BodyHandlers.ofString())
                .thenApply(HttpResponse::statusCode);
    }
}
