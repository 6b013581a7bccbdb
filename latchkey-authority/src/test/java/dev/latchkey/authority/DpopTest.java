package dev.latchkey.authority;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.latchkey.authority.TestClient.Answer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.Base64;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Proofs that the client holds a key (RFC 9449). */
final class DpopTest {
    private final VirtualClock clock = VirtualClock.atPresent();
    private final LocalAuthority idp = LocalAuthority.builder()
            .clock(clock)
            .client(Client.publicClient("demo-app").redirectUri("http://localhost"))
            .client(Client.publicClient("dpop-app")
                    .redirectUri("http://localhost")
                    .requiresDpop())
            .start();
    private final TestClient oidc = TestClient.oidc(idp);

    @AfterEach
    void stop() {
        idp.close();
    }

    @Test
    void dpop_bindsTokens_toTheKey() throws Exception {
        ECKey key = newKey();
        String code = oidc.signIn(idp, "client_id", "dpop-app").answer().get("code");
        assertThat(redeem("dpop-app", code, "").text("error")).isEqualTo("invalid_dpop_proof");

        Answer tokens = redeem("dpop-app", code, proof(key, "POST", oidc.tokenUri, null, null));

        assertThat(tokens.text("token_type")).isEqualTo("DPoP");
        String accessToken = tokens.text("access_token");
        assertThat(TestClient.claims(accessToken))
                .containsEntry("cnf", Map.of("jkt", key.computeThumbprint().toString()));
        String me = idp.apiUri() + "/me";
        assertThat(oidc.get(me, "Authorization", "Bearer " + accessToken).status())
                .isEqualTo(401);
        assertThat(callApi(me, accessToken, proof(key, "GET", me, accessToken, null))
                        .status())
                .isEqualTo(200);
        assertThat(callApi(me, accessToken, proof(newKey(), "GET", me, accessToken, null))
                        .status())
                .isEqualTo(401);
        assertThat(callApi(me, accessToken, proof(key, "GET", me, "another token", null))
                        .status())
                .isEqualTo(401);
        assertThat(callApi(me, accessToken, proof(key, "POST", me, accessToken, null))
                        .status())
                .isEqualTo(401);
    }

    @Test
    void dpop_refreshTokenOfAPublicClient_needsTheSameKey() throws Exception {
        ECKey key = newKey();
        String code = oidc.signIn(idp, "client_id", "dpop-app").answer().get("code");
        String token = redeem("dpop-app", code, proof(key, "POST", oidc.tokenUri, null, null))
                .text("refresh_token");

        assertThat(refresh("dpop-app", token, proof(newKey(), "POST", oidc.tokenUri, null, null))
                        .text("error"))
                .isEqualTo("invalid_grant");
        assertThat(refresh("dpop-app", token, proof(key, "POST", oidc.tokenUri, null, null))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void dpop_proofUsedTwiceOrOldOrElsewhere_isRefused() throws Exception {
        ECKey key = newKey();
        String proof = proof(key, "POST", oidc.tokenUri, null, null);
        assertThat(refresh("dpop-app", "any", proof).text("error")).isEqualTo("invalid_grant");
        assertThat(refresh("dpop-app", "any", proof).text("error")).isEqualTo("invalid_dpop_proof");
        assertThat(refresh("dpop-app", "any", proof(key, "POST", "https://elsewhere.example", null, null))
                        .text("error"))
                .isEqualTo("invalid_dpop_proof");
        String old = proof(key, "POST", oidc.tokenUri, null, null);
        clock.advance(Duration.ofMinutes(6));
        assertThat(refresh("dpop-app", "any", old).text("error")).isEqualTo("invalid_dpop_proof");
        assertThat(refresh("dpop-app", "any", "rubbish").text("error")).isEqualTo("invalid_dpop_proof");
    }

    @Test
    void dpopNonce_required_isGivenAndThenTaken() throws Exception {
        try (LocalAuthority strict =
                LocalAuthority.builder().clock(clock).requireDpopNonce().start()) {
            TestClient client = TestClient.oidc(strict);
            ECKey key = newKey();
            Map<String, String> form =
                    Map.of("grant_type", "refresh_token", "client_id", "demo-app", "refresh_token", "any");
            Answer asked = client.post(client.tokenUri, form, "DPoP", proof(key, "POST", client.tokenUri, null, null));
            String nonce = asked.header("dpop-nonce");

            Answer again = client.post(client.tokenUri, form, "DPoP", proof(key, "POST", client.tokenUri, null, nonce));

            assertThat(asked.status()).isEqualTo(400);
            assertThat(asked.text("error")).isEqualTo("use_dpop_nonce");
            assertThat(again.text("error")).isEqualTo("invalid_grant");
        }
    }

    @Test
    void dpopJkt_bindsTheCodeToTheKey() throws Exception {
        ECKey key = newKey();
        String thumbprint = key.computeThumbprint().toString();
        String stolen = oidc.signIn(idp, "client_id", "dpop-app", "dpop_jkt", thumbprint)
                .answer()
                .get("code");
        String code = oidc.signIn(idp, "client_id", "dpop-app", "dpop_jkt", thumbprint)
                .answer()
                .get("code");

        assertThat(redeem("dpop-app", stolen, proof(newKey(), "POST", oidc.tokenUri, null, null))
                        .text("error"))
                .isEqualTo("invalid_grant");
        assertThat(redeem("dpop-app", code, proof(key, "POST", oidc.tokenUri, null, null))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void dpopJkt_ofAClientThatNeedNotProve_stillNeedsTheProof() throws Exception {
        String thumbprint = newKey().computeThumbprint().toString();
        String code = oidc.signIn(idp, "dpop_jkt", thumbprint).answer().get("code");

        assertThat(redeem("demo-app", code, "").text("error_description")).contains("dpop_jkt");
        assertThat(oidc.signIn(idp, "dpop_jkt", "short").answer())
                .containsEntry("error", "invalid_request")
                .hasEntrySatisfying(
                        "error_description", text -> assertThat(text).contains("dpop_jkt"));
    }

    @Test
    void proofAtThePushedRequest_bindsTheCode_andMustAgreeWithDpopJkt() throws Exception {
        ECKey key = newKey();
        String par = idp.oidcIssuer() + "/par";
        Map<String, String> request = pushed();
        String uri = oidc.post(par, request, "DPoP", proof(key, "POST", par, null, null))
                .text("request_uri");
        String code = idp.person("alice@contoso.example")
                .visitUpToRedirect(URI.create(oidc.authorizeUri + "?"
                        + TestClient.encode(Map.of("client_id", "dpop-app", "request_uri", uri))))
                .answer()
                .get("code");
        request.put("dpop_jkt", newKey().computeThumbprint().toString());
        Answer contradicting = oidc.post(par, request, "DPoP", proof(key, "POST", par, null, null));

        assertThat(contradicting.text("error")).isEqualTo("invalid_dpop_proof");
        assertThat(redeem("dpop-app", code, proof(newKey(), "POST", oidc.tokenUri, null, null))
                        .text("error"))
                .isEqualTo("invalid_grant");
        assertThat(redeem("dpop-app", code, proof(key, "POST", oidc.tokenUri, null, null))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void entraPaths_knowNoDpop_andRefuseAClientThatInsistsOnIt() throws Exception {
        TestClient entra = TestClient.entra(idp, "contoso");
        String code = entra.signIn(idp, "client_id", "dpop-app").answer().get("code");
        Answer refused = entra.redeem(code, "client_id", "dpop-app");
        String other = entra.signIn(idp, "dpop_jkt", "ignored").answer().get("code");

        assertThat(refused.text("error")).isEqualTo("unauthorized_client");
        assertThat(refused.text("error_description")).contains("DPoP").contains("/oidc");
        assertThat(entra.redeem(other).text("token_type")).isEqualTo("Bearer");
        assertThat(entra.get(idp.entraAuthority("contoso") + "/v2.0/.well-known/openid-configuration")
                        .response()
                        .body())
                .doesNotContain("dpop");
    }

    private static Map<String, String> pushed() {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("client_id", "dpop-app");
        form.put("response_type", "code");
        form.put("redirect_uri", TestClient.REDIRECT_URI);
        form.put("scope", "openid");
        form.put("code_challenge", TestClient.challenge());
        form.put("code_challenge_method", "S256");
        return form;
    }

    private Answer redeem(String clientId, String code, String proof) {
        Map<String, String> form = Map.of(
                "grant_type",
                "authorization_code",
                "client_id",
                clientId,
                "code",
                code,
                "redirect_uri",
                TestClient.REDIRECT_URI,
                "code_verifier",
                TestClient.VERIFIER);
        return proof.isEmpty() ? oidc.post(oidc.tokenUri, form) : oidc.post(oidc.tokenUri, form, "DPoP", proof);
    }

    private Answer refresh(String clientId, String token, String proof) {
        Map<String, String> form = Map.of("grant_type", "refresh_token", "client_id", clientId, "refresh_token", token);
        return oidc.post(oidc.tokenUri, form, "DPoP", proof);
    }

    private Answer callApi(String uri, String token, String proof) {
        return oidc.get(uri, "Authorization", "DPoP " + token, "DPoP", proof);
    }

    private static ECKey newKey() throws Exception {
        return new ECKeyGenerator(Curve.P_256).generate();
    }

    private String proof(ECKey key, String method, String uri, String token, String nonce) throws Exception {
        JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.ES256)
                .type(new JOSEObjectType("dpop+jwt"))
                .jwk(key.toPublicJWK())
                .build();
        JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder()
                .jwtID(UUID.randomUUID().toString())
                .claim("htm", method)
                .claim("htu", uri)
                .issueTime(Date.from(clock.instant()))
                .claim("nonce", nonce);
        if (token != null) {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.US_ASCII));
            claims.claim("ath", Base64.getUrlEncoder().withoutPadding().encodeToString(hash));
        }
        SignedJWT jwt = new SignedJWT(header, claims.build());
        jwt.sign(new ECDSASigner(key));
        return jwt.serialize();
    }
}
