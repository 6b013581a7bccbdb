package dev.latchkey.authority;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jwt.SignedJWT;
import dev.latchkey.authority.TestClient.Answer;
import dev.latchkey.core.json.Json;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class TokenTest {
    private final VirtualClock clock = VirtualClock.atPresent();
    private LocalAuthority authority;
    private TestClient entra;
    private TestClient oidc;

    @BeforeEach
    void start() {
        authority = start(RefreshTokenPolicy.rotatingStrictly());
    }

    @AfterEach
    void stop() {
        authority.close();
    }

    private LocalAuthority start(RefreshTokenPolicy policy) {
        if (authority != null) {
            authority.close();
        }
        authority = LocalAuthority.builder()
                .clock(clock)
                .refreshTokens(policy)
                .tenant(Tenant.of("contoso"))
                .tenant(Tenant.of("fabrikam"))
                .user(User.of("alice@contoso.example", "secret").guestOf("fabrikam"))
                .client(Client.publicClient("demo-app").redirectUri("http://localhost"))
                .client(Client.publicClient("other-app").redirectUri("http://localhost"))
                .client(Client.publicClient("long-lived")
                        .redirectUri("http://localhost")
                        .accessTokenLifetime(Duration.ofHours(24)))
                .client(Client.confidentialClient("web-app", "web-secret").redirectUri("http://localhost"))
                .api(ApiResource.of("https://graph.microsoft.com", "User.Read", "Mail.Read"))
                .api(ApiResource.of("api://orders", "Orders.Read"))
                .start();
        entra = TestClient.entra(authority, "contoso");
        oidc = TestClient.oidc(authority);
        return authority;
    }

    @Test
    void code_redeemedAtEntra_givesTheAnswerEntraGives() throws Exception {
        Answer answer = entra.tokens(authority);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.header("cache-control")).isEqualTo("no-store");
        assertThat(answer.json().string("token_type")).isEqualTo("Bearer");
        assertThat(answer.json().number("expires_in")).isEqualTo(3600);
        assertThat(answer.json().number("ext_expires_in")).isEqualTo(3600);
        assertThat(answer.json().has("refresh_in")).isFalse();
        assertThat(answer.text("scope")).isEqualTo("openid profile User.Read");
        User alice = authority.user("alice@contoso.example");
        String clientInfo =
                new String(Base64.getUrlDecoder().decode(answer.text("client_info")), StandardCharsets.UTF_8);
        assertThat(Json.parseObject(clientInfo).string("uid"))
                .isEqualTo(alice.id().toString());
        Map<String, Object> idToken = TestClient.claims(answer.text("id_token"));
        assertThat(idToken)
                .containsEntry("nonce", "the-nonce")
                .containsEntry("aud", "demo-app")
                .containsEntry("oid", alice.id().toString())
                .containsEntry("preferred_username", "alice@contoso.example")
                .containsEntry("latchkey_test_only", true)
                .containsKeys("sub", "tid", "name", "sid", "auth_time", "at_hash", "login_hint");
        assertThat(TestClient.claims(answer.text("access_token")))
                .containsEntry("aud", "https://graph.microsoft.com")
                .containsEntry("scp", "openid profile User.Read")
                .containsEntry("latchkey_test_only", true)
                .containsEntry("iss", idToken.get("iss"));
    }

    @Test
    void tokens_areSignedWithThePublishedKey() throws Exception {
        Answer metadata = oidc.get(authority.oidcIssuer() + "/.well-known/openid-configuration");
        JWKSet keys =
                JWKSet.parse(oidc.get(metadata.text("jwks_uri")).response().body());
        SignedJWT idToken = SignedJWT.parse(oidc.tokens(authority).text("id_token"));

        var key = keys.getKeyByKeyId(idToken.getHeader().getKeyID()).toRSAKey();

        assertThat(key.isPrivate()).isFalse();
        assertThat(idToken.verify(new RSASSAVerifier(key))).isTrue();
        assertThat(metadata.text("issuer")).isEqualTo(authority.oidcIssuer().toString());
        assertThat(idToken.getJWTClaimsSet().getIssuer())
                .isEqualTo(authority.oidcIssuer().toString());
    }

    @Test
    void code_redeemedAtPlainOidc_hasNothingOfEntra() {
        Answer answer = oidc.tokens(authority);

        assertThat(answer.json().names())
                .containsExactlyInAnyOrder(
                        "token_type", "scope", "expires_in", "access_token", "refresh_token", "id_token");
        assertThat(answer.text("scope")).isEqualTo("openid profile offline_access User.Read");
        assertThat(TestClient.claims(answer.text("access_token"))).containsEntry("client_id", "demo-app");
    }

    @Test
    void code_redeemedTwice_revokesWhatItGave() {
        String code = entra.signIn(authority).answer().get("code");
        Answer first = entra.redeem(code);

        Answer second = entra.redeem(code);
        Answer refresh = entra.refresh(first.text("refresh_token"));

        assertThat(second.text("error")).isEqualTo("invalid_grant");
        assertThat(second.json().asMap().get("error_codes").toString()).contains("54005");
        assertThat(refresh.text("error")).isEqualTo("invalid_grant");
        assertThat(me(first).status()).isEqualTo(401);
    }

    @ParameterizedTest
    @CsvSource({
        "code_verifier, '', invalid_grant",
        "code_verifier, another-verifier-another-verifier-another-ver, invalid_grant",
        "redirect_uri, http://localhost:8888, invalid_grant",
        "redirect_uri, '', invalid_request",
        "code, nonsense, invalid_grant",
        "code, '', invalid_request",
        "client_id, other-app, invalid_grant",
        "client_id, nobody, unauthorized_client",
        "client_id, '', invalid_request",
        "client_id, web-app, invalid_client",
        "client_secret, something, invalid_client",
        "grant_type, password, unsupported_grant_type",
        "grant_type, '', invalid_request",
        "scope, Nonsense.Read, invalid_scope",
        "scope, User.Read api://orders/Orders.Read, invalid_scope",
    })
    void code_wrongParameter_isRefusedAndTheCodeStaysGood(String name, String value, String error) {
        String code = entra.signIn(authority).answer().get("code");

        Answer wrong = entra.redeem(code, name, value);
        Answer right = entra.redeem(code);

        assertThat(wrong.text("error")).isEqualTo(error);
        assertThat(wrong.text("error_description")).startsWith("AADSTS");
        assertThat(wrong.json().names()).contains("error_codes", "timestamp", "trace_id", "correlation_id");
        assertThat(right.status()).isEqualTo(200);
    }

    @Test
    void code_tooOld_isRefused() {
        String code = entra.signIn(authority).answer().get("code");
        clock.advance(Duration.ofMinutes(10));

        assertThat(entra.redeem(code).json().asMap().get("error_codes").toString())
                .contains("70008");
    }

    @Test
    void refresh_rotates_andSecondUseRevokesTheFamily() {
        Answer first = entra.tokens(authority);
        Answer second = entra.refresh(first.text("refresh_token"));

        Answer replay = entra.refresh(first.text("refresh_token"));
        Answer third = entra.refresh(second.text("refresh_token"));

        assertThat(second.status()).isEqualTo(200);
        assertThat(second.text("refresh_token")).isNotEqualTo(first.text("refresh_token"));
        assertThat(TestClient.claims(second.text("id_token"))).doesNotContainKey("nonce");
        assertThat(replay.text("error")).isEqualTo("invalid_grant");
        assertThat(replay.text("suberror")).isEqualTo("bad_token");
        assertThat(third.text("error")).isEqualTo("invalid_grant");
        assertThat(me(second).status()).isEqualTo(401);
    }

    @Test
    void refresh_withGrace_answersTheOldTokenForAWhile() {
        start(RefreshTokenPolicy.rotatingWithGrace(Duration.ofSeconds(30)));
        Answer first = entra.tokens(authority);
        entra.refresh(first.text("refresh_token"));

        clock.advance(Duration.ofSeconds(29));
        assertThat(entra.refresh(first.text("refresh_token")).status()).isEqualTo(200);
        clock.advance(Duration.ofSeconds(1));
        assertThat(entra.refresh(first.text("refresh_token")).status()).isEqualTo(400);
    }

    @Test
    void refresh_reusable_staysGood() {
        start(RefreshTokenPolicy.reusable());
        Answer first = entra.tokens(authority);

        assertThat(entra.refresh(first.text("refresh_token")).status()).isEqualTo(200);
        assertThat(entra.refresh(first.text("refresh_token")).status()).isEqualTo(200);
    }

    @Test
    void refresh_idleOrAbsoluteLifetimeOver_isRefused() {
        start(RefreshTokenPolicy.rotatingStrictly().lifetimes(Duration.ofDays(2), Duration.ofDays(3)));
        Answer idle = entra.tokens(authority);
        Answer used = entra.tokens(authority);
        clock.advance(Duration.ofHours(47));
        used = entra.refresh(used.text("refresh_token"));
        clock.advance(Duration.ofHours(2));

        assertThat(entra.refresh(idle.text("refresh_token"))
                        .json()
                        .asMap()
                        .get("error_codes")
                        .toString())
                .contains("700082");
        used = entra.refresh(used.text("refresh_token"));
        assertThat(used.status()).isEqualTo(200);
        clock.advance(Duration.ofHours(24));
        assertThat(entra.refresh(used.text("refresh_token")).text("error")).isEqualTo("invalid_grant");
    }

    @Test
    void refresh_byAnotherClient_isRefusedWithClientMismatch() {
        Answer first = entra.tokens(authority);

        Answer foreign = entra.refresh(first.text("refresh_token"), "client_id", "other-app");

        assertThat(foreign.text("suberror")).isEqualTo("client_mismatch");
        assertThat(entra.refresh(first.text("refresh_token")).status()).isEqualTo(200);
    }

    @Test
    void refresh_otherResource_isGivenOnceConsented() {
        Answer first = entra.tokens(authority, "scope", "openid offline_access User.Read api://orders/Orders.Read");
        Answer orders = entra.refresh(first.text("refresh_token"), "scope", "api://orders/Orders.Read openid");

        assertThat(TestClient.claims(first.text("access_token"))).containsEntry("scp", "openid User.Read");
        assertThat(TestClient.claims(orders.text("access_token"))).containsEntry("aud", "api://orders");
        assertThat(orders.text("scope")).contains("api://orders/Orders.Read");
    }

    @Test
    void refresh_withoutConsent_isInvalidGrantWithConsentRequired() {
        Answer first = entra.tokens(authority);

        Answer refused = entra.refresh(first.text("refresh_token"), "scope", "Mail.Read");

        assertThat(refused.text("error")).isEqualTo("invalid_grant");
        assertThat(refused.text("suberror")).isEqualTo("consent_required");
    }

    @Test
    void refresh_atAnotherTenant_givesTheGuestsIdentity() {
        Answer home = entra.tokens(authority);
        TestClient fabrikam = TestClient.entra(authority, "fabrikam");

        Answer guest = fabrikam.refresh(home.text("refresh_token"));

        Map<String, Object> claims = TestClient.claims(guest.text("id_token"));
        assertThat(claims)
                .containsEntry("tid", authority.tenant("fabrikam").id().toString());
        assertThat(claims.get("oid"))
                .isNotEqualTo(TestClient.claims(home.text("id_token")).get("oid"));
        assertThat(guest.text("client_info")).isEqualTo(home.text("client_info"));
    }

    @Test
    void refresh_wideningAtPlainOidc_isInvalidScope() {
        Answer first = oidc.tokens(authority);

        assertThat(oidc.refresh(first.text("refresh_token"), "scope", "openid Mail.Read")
                        .text("error"))
                .isEqualTo("invalid_scope");
        assertThat(oidc.refresh(first.text("refresh_token"), "scope", "openid").text("scope"))
                .isEqualTo("openid");
    }

    @Test
    void longLivedToken_saysWhenToRenew() {
        String code =
                entra.signIn(authority, "client_id", "long-lived").answer().get("code");

        assertThat(entra.redeem(code, "client_id", "long-lived").json().number("refresh_in"))
                .isEqualTo(12 * 3600);
    }

    @Test
    void confidentialClient_authenticatesByPostOrBasic() {
        String basic =
                "Basic " + Base64.getEncoder().encodeToString("web-app:web-secret".getBytes(StandardCharsets.UTF_8));
        String one = entra.signIn(authority, "client_id", "web-app").answer().get("code");
        String two = entra.signIn(authority, "client_id", "web-app").answer().get("code");
        Map<String, String> form = Map.of(
                "grant_type",
                "authorization_code",
                "code",
                two,
                "redirect_uri",
                TestClient.REDIRECT_URI,
                "code_verifier",
                TestClient.VERIFIER);

        Answer wrong = entra.redeem(one, "client_id", "web-app", "client_secret", "wrong");
        Answer posted = entra.redeem(one, "client_id", "web-app", "client_secret", "web-secret");
        Answer viaHeader = entra.post(entra.tokenUri, form, "Authorization", basic);

        assertThat(wrong.status()).isEqualTo(401);
        assertThat(wrong.text("error")).isEqualTo("invalid_client");
        assertThat(posted.status()).isEqualTo(200);
        assertThat(viaHeader.status()).isEqualTo(200);
    }

    @Test
    void tokenEndpoint_wrongMethodOrBody_isToldInJson() {
        Answer get = entra.get(entra.tokenUri);
        Answer json = entra.send(HttpRequest.newBuilder(URI.create(entra.tokenUri))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{}")));

        assertThat(get.status()).isEqualTo(405);
        assertThat(get.header("allow")).isEqualTo("POST");
        assertThat(json.status()).isEqualTo(400);
        assertThat(json.text("error")).isEqualTo("invalid_request");
    }

    @Test
    void correlationId_isEchoed() {
        String id = "0f8fad5b-d9cb-469f-a165-70867728950e";
        Answer answer = entra.post(entra.tokenUri, Map.of("grant_type", "x"), "client-request-id", id);

        assertThat(answer.header("client-request-id")).isEqualTo(id);
        assertThat(answer.text("correlation_id")).isEqualTo(id);
    }

    @Test
    void api_verifiesSignatureTimeAudienceAndScope() {
        Answer good = entra.tokens(authority);
        Answer orders = entra.refresh(entra.tokens(authority, "scope", "openid offline_access api://orders/Orders.Read")
                .text("refresh_token"));
        Answer mail = entra.tokens(authority, "scope", "openid Mail.Read");
        String token = good.text("access_token");

        assertThat(me(good).text("userPrincipalName")).isEqualTo("alice@contoso.example");
        assertThat(me(oidc.tokens(authority)).status()).isEqualTo(200);
        Answer none = entra.get(authority.apiUri() + "/me");
        assertThat(none.status()).isEqualTo(401);
        assertThat(none.header("www-authenticate")).startsWith("Bearer").doesNotContain("error=");
        assertThat(me(orders).header("www-authenticate")).contains("error=\"invalid_token\"");
        assertThat(me(mail).status()).isEqualTo(403);
        assertThat(me(mail).header("www-authenticate")).contains("error=\"insufficient_scope\"", "scope=\"User.Read\"");
        assertThat(me(token.substring(0, token.length() - 8) + "AAAAAAAA").status())
                .isEqualTo(401);
        assertThat(me(good.text("id_token")).status()).isEqualTo(401);
        clock.advance(Duration.ofHours(1));
        assertThat(me(good).header("www-authenticate")).contains("expired");
    }

    @Test
    void userInfo_givesWhatTheScopesAllow() {
        Answer tokens = oidc.tokens(authority, "scope", "openid email");

        Answer info = oidc.get(
                authority.oidcIssuer() + "/userinfo", "Authorization", "Bearer " + tokens.text("access_token"));

        assertThat(info.json().names()).containsExactlyInAnyOrder("sub", "email", "email_verified");
        assertThat(info.text("sub"))
                .isEqualTo(TestClient.claims(tokens.text("id_token")).get("sub"));
        assertThat(oidc.get(authority.oidcIssuer() + "/userinfo").status()).isEqualTo(401);
    }

    @Test
    void revoke_refreshToken_endsItsWholeFamily() {
        Answer first = oidc.tokens(authority);
        Answer second = oidc.refresh(first.text("refresh_token"));
        assertThat(me(second).status()).isEqualTo(200);

        Answer revoked = revoke("demo-app", second.text("refresh_token"));

        assertThat(revoked.status()).isEqualTo(200);
        assertThat(oidc.refresh(second.text("refresh_token")).text("error")).isEqualTo("invalid_grant");
        assertThat(me(second).status()).isEqualTo(401);
        assertThat(revoke("demo-app", second.text("refresh_token")).status()).isEqualTo(200);
    }

    @Test
    void revoke_ofAnUnknownTokenOrAnothersClient_revokesNothing() {
        Answer tokens = oidc.tokens(authority);

        assertThat(revoke("other-app", tokens.text("refresh_token")).status()).isEqualTo(200);
        assertThat(revoke("demo-app", "no-such-token").status()).isEqualTo(200);
        assertThat(revoke("no-such-app", tokens.text("refresh_token")).status()).isEqualTo(401);
        assertThat(oidc.refresh(tokens.text("refresh_token")).status()).isEqualTo(200);
    }

    private Answer revoke(String clientId, String token) {
        return oidc.post(authority.oidcIssuer() + "/revoke", Map.of("client_id", clientId, "token", token));
    }

    private Answer me(Answer tokens) {
        return me(tokens.text("access_token"));
    }

    private Answer me(String token) {
        return entra.get(authority.apiUri() + "/me", "Authorization", "Bearer " + token);
    }
}
