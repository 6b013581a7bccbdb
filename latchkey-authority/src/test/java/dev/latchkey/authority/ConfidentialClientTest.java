package dev.latchkey.authority;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.latchkey.authority.TestClient.Answer;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ConfidentialClientTest {
    private static final String ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
    private static final String GRAPH = "https://graph.microsoft.com";

    private static KeyPair pair;
    private static X509Certificate certificate;

    private final VirtualClock clock = VirtualClock.atPresent();
    private LocalAuthority idp;
    private TestClient entra;
    private TestClient oidc;

    @BeforeAll
    static void makeKeys() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        pair = generator.generateKeyPair();
        certificate = SelfSigned.certificate(pair);
    }

    @BeforeEach
    void start() {
        idp = LocalAuthority.builder()
                .clock(clock)
                .client(Client.publicClient("demo-app").redirectUri("http://localhost"))
                .client(Client.publicClient("family-one")
                        .redirectUri("http://localhost")
                        .inFamily())
                .client(Client.publicClient("family-two")
                        .redirectUri("http://localhost")
                        .inFamily())
                .client(Client.singlePageApp("page-app").redirectUri("http://localhost:7777"))
                .client(Client.confidentialClient("daemon", "pass:word & more").appRole("Jobs.Run"))
                .client(Client.confidentialClient("cert-app").certificate(certificate))
                .client(Client.confidentialClient("key-app").publicKey(pair.getPublic()))
                .client(Client.confidentialClient("workload")
                        .federatedCredential("https://cluster.example", "pod:one", pair.getPublic()))
                .client(Client.confidentialClient("orders-api", "orders-secret")
                        .exposes("api://orders")
                        .consentedByAdministrator())
                .api(ApiResource.of(GRAPH, "User.Read", "Mail.Read"))
                .api(ApiResource.of("api://orders", "Orders.Read"))
                .start();
        entra = TestClient.entra(idp, "contoso");
        oidc = TestClient.oidc(idp);
    }

    @AfterEach
    void stop() {
        idp.close();
    }

    @Test
    void clientCredentials_posted_giveAnAppToken() {
        Answer answer = entra.post(entra.tokenUri, credentials("daemon", "client_secret", "pass:word & more"));

        assertThat(answer.json().names()).doesNotContain("refresh_token", "id_token", "scope");
        Map<String, Object> claims = TestClient.claims(answer.text("access_token"));
        assertThat(claims)
                .containsEntry("idtyp", "app")
                .containsEntry("azp", "daemon")
                .containsEntry("aud", GRAPH)
                .containsEntry("roles", List.of("Jobs.Run"))
                .containsEntry("sub", claims.get("oid"))
                .doesNotContainKeys("scp", "name", "preferred_username");
    }

    @Test
    void clientCredentials_basic_areDecodedAsForms() {
        Map<String, String> form = new LinkedHashMap<>(credentials("daemon"));
        form.remove("client_id");
        String pair =
                "daemon:" + TestClient.encode(Map.of("pass:word & more", "")).replace("=", "");
        String basic = "Basic " + Base64.getEncoder().encodeToString(pair.getBytes());

        assertThat(entra.post(entra.tokenUri, form, "Authorization", basic).status())
                .isEqualTo(200);
    }

    @Test
    void clientCredentials_atEntra_takeOneDefaultScopeOfOneTenant() {
        Map<String, String> form = new LinkedHashMap<>(credentials("daemon", "client_secret", "pass:word & more"));
        form.put("scope", GRAPH + "/User.Read");
        assertThat(entra.post(entra.tokenUri, form).text("error_description")).startsWith("AADSTS1002012");

        TestClient common = TestClient.entra(idp, "common");
        Answer answer = common.post(common.tokenUri, credentials("daemon", "client_secret", "pass:word & more"));
        assertThat(answer.status()).isEqualTo(400);
    }

    @Test
    void clientCredentials_atOidc_nameTheClientAsSubject() {
        Map<String, String> form = new LinkedHashMap<>(credentials("daemon", "client_secret", "pass:word & more"));
        form.put("scope", "Orders.Read");

        Answer answer = oidc.post(oidc.tokenUri, form);

        assertThat(TestClient.claims(answer.text("access_token")))
                .containsEntry("sub", "daemon")
                .containsEntry("aud", "api://orders")
                .containsEntry("scope", "Orders.Read");
    }

    @Test
    void clientCredentials_ofAPublicClient_areRefused() {
        assertThat(entra.post(entra.tokenUri, credentials("demo-app")).text("error"))
                .isEqualTo("unauthorized_client");
    }

    @Test
    void assertion_withCertificate_provesTheClient() throws Exception {
        Answer answer = withAssertion("cert-app", jwt("cert-app", x5tS256()));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(TestClient.claims(answer.text("access_token"))).containsEntry("azpacr", "2");
        assertThat(withAssertion("cert-app", jwt("cert-app", x5t())).status()).isEqualTo(200);
        assertThat(withAssertion("key-app", jwt("key-app", new JWSHeader(JWSAlgorithm.PS256)))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void assertion_usedTwiceAtPlainOpenId_isReplay() throws Exception {
        JWTClaimsSet claims = new JWTClaimsSet.Builder(claims("cert-app"))
                .audience(idp.oidcIssuer().toString())
                .build();
        Map<String, String> form = withAssertionForm("cert-app", sign(claims, x5tS256(), pair.getPrivate()));
        assertThat(oidc.post(oidc.tokenUri, form).status()).isEqualTo(200);

        Answer again = oidc.post(oidc.tokenUri, form);

        assertThat(again.status()).isEqualTo(401);
        assertThat(again.text("error")).isEqualTo("invalid_client");
        assertThat(again.text("error_description")).contains("used before");
    }

    @Test
    void assertion_atEntra_isGoodAgainUntilItExpires() throws Exception {
        for (String authority : List.of(
                idp.entraAuthority("contoso").toString(),
                idp.ciamAuthority("contoso").toString())) {
            String tokenUri = authority + "/oauth2/v2.0/token";
            JWTClaimsSet claims = new JWTClaimsSet.Builder(claims("cert-app"))
                    .audience(tokenUri)
                    .expirationTime(Date.from(clock.instant().plus(Duration.ofMinutes(10))))
                    .build();
            Map<String, String> form = withAssertionForm("cert-app", sign(claims, x5tS256(), pair.getPrivate()));

            assertThat(entra.post(tokenUri, form).status()).isEqualTo(200);
            assertThat(entra.post(tokenUri, form).status()).isEqualTo(200);
            clock.advance(Duration.ofMinutes(16));
            assertThat(entra.post(tokenUri, form).text("error_description")).contains("has expired");
        }
    }

    @Test
    void scopeOfATokenAnswer_isThereOnlyIfItSaysSomething() {
        Map<String, String> form = new LinkedHashMap<>(credentials("daemon", "client_secret", "pass:word & more"));
        Answer atEntra = entra.post(entra.tokenUri, form);
        form.remove("scope");
        Answer nothingAsked = oidc.post(oidc.tokenUri, form);
        form.put("scope", "Orders.Read");
        Answer asked = oidc.post(oidc.tokenUri, form);
        Answer exchanged = oidc.post(oidc.tokenUri, exchange(oidc.tokens(idp).text("access_token")));

        assertThat(asked.text("scope")).isEqualTo("Orders.Read");
        assertThat(exchanged.status()).isEqualTo(200);
        for (Answer silent : List.of(atEntra, nothingAsked, exchanged)) {
            assertThat(silent.json().has("scope")).isFalse();
            assertThat(TestClient.claims(silent.text("access_token"))).doesNotContainKeys("scope", "scp");
            Answer introspected = oidc.post(
                    idp.oidcIssuer() + "/introspect",
                    Map.of(
                            "client_id",
                            "orders-api",
                            "client_secret",
                            "orders-secret",
                            "token",
                            silent.text("access_token")));
            assertThat(introspected.json().isTrue("active")).isTrue();
            assertThat(introspected.json().has("scope")).isFalse();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "iss, other",
        "sub, other",
        "aud, https://elsewhere.example",
        "jti, ''",
    })
    void assertion_withAWrongClaim_isRefused(String claim, String value) throws Exception {
        JWTClaimsSet claims = new JWTClaimsSet.Builder(claims("cert-app"))
                .claim(claim, value.isEmpty() ? null : value)
                .build();

        Answer answer = withAssertion("cert-app", sign(claims, x5tS256(), pair.getPrivate()));

        assertThat(answer.text("error")).isEqualTo("invalid_client");
    }

    @Test
    void assertion_expiredOrTooLong_isRefused() throws Exception {
        for (Duration life : List.of(Duration.ofMinutes(-6), Duration.ofDays(2))) {
            JWTClaimsSet claims = new JWTClaimsSet.Builder(claims("cert-app"))
                    .expirationTime(Date.from(clock.instant().plus(life)))
                    .build();
            assertThat(withAssertion("cert-app", sign(claims, x5tS256(), pair.getPrivate()))
                            .status())
                    .isEqualTo(401);
        }
    }

    @Test
    void assertion_withoutThumbprintOrByAnotherKey_isRefused() throws Exception {
        assertThat(withAssertion("cert-app", jwt("cert-app", new JWSHeader(JWSAlgorithm.RS256)))
                        .status())
                .isEqualTo(401);
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        String forged =
                sign(claims("cert-app"), x5tS256(), generator.generateKeyPair().getPrivate());
        assertThat(withAssertion("cert-app", forged).status()).isEqualTo(401);
        assertThat(withAssertion("cert-app", "not.a.jwt").status()).isEqualTo(401);
    }

    @Test
    void federatedAssertion_ofTheRegisteredWorkload_provesTheClient() throws Exception {
        JWTClaimsSet.Builder claims = new JWTClaimsSet.Builder()
                .issuer("https://cluster.example")
                .subject("pod:one")
                .audience("api://AzureADTokenExchange")
                .expirationTime(Date.from(clock.instant().plusSeconds(600)));
        JWSHeader header = new JWSHeader(JWSAlgorithm.RS256);

        String good = sign(claims.build(), header, pair.getPrivate());
        String other = sign(claims.subject("pod:two").build(), header, pair.getPrivate());

        assertThat(withAssertion("workload", good).status()).isEqualTo(200);
        assertThat(withAssertion("workload", good).status()).isEqualTo(200);
        assertThat(withAssertion("workload", other).text("error_description")).startsWith("AADSTS700213");
    }

    @Test
    void twoProofs_atOnce_areAMistake() throws Exception {
        Map<String, String> form = new LinkedHashMap<>(credentials("daemon", "client_secret", "pass:word & more"));
        form.put("client_assertion", jwt("daemon", x5tS256()));
        form.put("client_assertion_type", ASSERTION_TYPE);

        assertThat(entra.post(entra.tokenUri, form).text("error")).isEqualTo("invalid_request");
    }

    @Test
    void onBehalfOf_givesATokenOfTheSamePerson() {
        String incoming =
                entra.tokens(idp, "scope", "openid api://orders/Orders.Read").text("access_token");

        Answer answer = onBehalfOf(incoming);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(TestClient.claims(answer.text("access_token")))
                .containsEntry("aud", GRAPH)
                .containsEntry("azp", "orders-api")
                .containsEntry("scp", "User.Read")
                .containsEntry("oid", TestClient.claims(incoming).get("oid"));
        assertThat(answer.json().has("refresh_token")).isTrue();
    }

    @Test
    void onBehalfOf_foreignOrExpiredOrAppTokens_areRefused() {
        String forGraph = entra.tokens(idp).text("access_token");
        assertThat(onBehalfOf(forGraph).text("error_description")).startsWith("AADSTS50013");
        assertThat(onBehalfOf("rubbish").text("error")).isEqualTo("invalid_grant");
        Map<String, String> app = new LinkedHashMap<>(credentials("daemon", "client_secret", "pass:word & more"));
        app.put("scope", "api://orders/.default");
        String ofAnApp = entra.post(entra.tokenUri, app).text("access_token");
        assertThat(onBehalfOf(ofAnApp).text("error_description")).startsWith("AADSTS7000114");
        String incoming =
                entra.tokens(idp, "scope", "openid api://orders/Orders.Read").text("access_token");
        clock.advance(Duration.ofHours(2));
        assertThat(onBehalfOf(incoming).text("error")).isEqualTo("invalid_grant");
    }

    @Test
    void tokenExchange_namesTheActor() {
        String subject =
                oidc.tokens(idp, "scope", "openid api://orders/Orders.Read").text("access_token");
        Map<String, String> daemon = new LinkedHashMap<>(credentials("daemon", "client_secret", "pass:word & more"));
        String actor = oidc.post(oidc.tokenUri, daemon).text("access_token");
        Map<String, String> form = exchange(subject);
        form.put("actor_token", actor);
        form.put("actor_token_type", "urn:ietf:params:oauth:token-type:access_token");
        form.put("resource", GRAPH);
        form.put("scope", "User.Read");

        Answer answer = oidc.post(oidc.tokenUri, form);

        assertThat(answer.text("issued_token_type")).endsWith("access_token");
        assertThat(TestClient.claims(answer.text("access_token")))
                .containsEntry("aud", GRAPH)
                .containsEntry("sub", idp.user("alice@contoso.example").id().toString())
                .containsEntry("act", Map.of("sub", "daemon"));
        form.put("resource", "https://unknown.example");
        assertThat(oidc.post(oidc.tokenUri, form).text("error")).isEqualTo("invalid_target");
        assertThat(entra.post(entra.tokenUri, form).text("error")).isEqualTo("unsupported_grant_type");
    }

    @Test
    void family_sharesRefreshTokens_othersDoNot() {
        Answer tokens = entra.redeem(
                entra.signIn(idp, "client_id", "family-one").answer().get("code"), "client_id", "family-one");

        Answer sibling = entra.refresh(tokens.text("refresh_token"), "client_id", "family-two", "scope", "openid");

        assertThat(tokens.text("foci")).isEqualTo("1");
        assertThat(sibling.status()).isEqualTo(200);
        assertThat(TestClient.claims(sibling.text("id_token"))).containsEntry("aud", "family-two");
        Answer stranger = entra.refresh(sibling.text("refresh_token"));
        assertThat(stranger.text("suberror")).isEqualTo("client_mismatch");
    }

    @Test
    void page_redeemsCrossOriginOnly_andMayReadTheAnswer() {
        String code = entra.signIn(idp, "client_id", "page-app").answer().get("code");
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "authorization_code");
        form.put("client_id", "page-app");
        form.put("code", code);
        form.put("redirect_uri", TestClient.REDIRECT_URI);
        form.put("code_verifier", TestClient.VERIFIER);

        Answer without = entra.post(entra.tokenUri, form);
        Answer with = entra.post(entra.tokenUri, form, "Origin", "http://localhost:7777");

        assertThat(without.text("error_description")).startsWith("AADSTS9002327");
        assertThat(with.status()).isEqualTo(200);
        assertThat(with.header("access-control-allow-origin")).isEqualTo("http://localhost:7777");
        assertThat(with.header("vary")).isEqualTo("Origin");
    }

    @Test
    void notAPage_redeemingCrossOrigin_isRefused_andMayNotReadThat() {
        String code = entra.signIn(idp).answer().get("code");
        Map<String, String> form = Map.of(
                "grant_type",
                "authorization_code",
                "client_id",
                "demo-app",
                "code",
                code,
                "redirect_uri",
                TestClient.REDIRECT_URI,
                "code_verifier",
                TestClient.VERIFIER);

        Answer answer = entra.post(entra.tokenUri, form, "Origin", "https://evil.example");

        assertThat(answer.text("error_description")).startsWith("AADSTS9002326");
        assertThat(answer.header("access-control-allow-origin")).isEmpty();
    }

    @Test
    void pageRefreshToken_after24Hours_hasExpired() {
        String code = entra.signIn(idp, "client_id", "page-app").answer().get("code");
        Map<String, String> form = Map.of(
                "grant_type",
                "authorization_code",
                "client_id",
                "page-app",
                "code",
                code,
                "redirect_uri",
                TestClient.REDIRECT_URI,
                "code_verifier",
                TestClient.VERIFIER);
        String first = entra.post(entra.tokenUri, form, "Origin", "http://localhost:7777")
                .text("refresh_token");
        clock.advance(Duration.ofHours(20));
        String second = pageRefresh(first).text("refresh_token");
        clock.advance(Duration.ofHours(4));

        assertThat(pageRefresh(second).text("error_description")).startsWith("AADSTS700084");
    }

    @Test
    void capabilities_comeBackInTheToken() {
        Answer answer = entra.redeem(
                entra.signIn(idp).answer().get("code"),
                "claims",
                "{\"access_token\":{\"xms_cc\":{\"values\":[\"cp1\"]}}}");

        assertThat(TestClient.claims(answer.text("access_token"))).containsEntry("xms_cc", List.of("cp1"));
        assertThat(entra.refresh(answer.text("refresh_token"), "claims", "not json")
                        .text("error"))
                .isEqualTo("invalid_request");
    }

    private Answer pageRefresh(String token) {
        return entra.post(
                entra.tokenUri,
                Map.of("grant_type", "refresh_token", "client_id", "page-app", "refresh_token", token),
                "Origin",
                "http://localhost:7777");
    }

    private Answer onBehalfOf(String assertion) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer");
        form.put("client_id", "orders-api");
        form.put("client_secret", "orders-secret");
        form.put("assertion", assertion);
        form.put("requested_token_use", "on_behalf_of");
        form.put("scope", GRAPH + "/User.Read offline_access");
        return entra.post(entra.tokenUri, form);
    }

    private static Map<String, String> credentials(String clientId, String... more) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "client_credentials");
        form.put("client_id", clientId);
        form.put("scope", GRAPH + "/.default");
        for (int i = 0; i < more.length; i += 2) {
            form.put(more[i], more[i + 1]);
        }
        return form;
    }

    private static Map<String, String> exchange(String subjectToken) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("grant_type", "urn:ietf:params:oauth:grant-type:token-exchange");
        form.put("client_id", "orders-api");
        form.put("client_secret", "orders-secret");
        form.put("subject_token", subjectToken);
        form.put("subject_token_type", "urn:ietf:params:oauth:token-type:access_token");
        return form;
    }

    private Answer withAssertion(String clientId, String assertion) {
        return entra.post(entra.tokenUri, withAssertionForm(clientId, assertion));
    }

    private static Map<String, String> withAssertionForm(String clientId, String assertion) {
        return credentials(clientId, "client_assertion", assertion, "client_assertion_type", ASSERTION_TYPE);
    }

    private String jwt(String clientId, JWSHeader header) throws Exception {
        return sign(claims(clientId), header, pair.getPrivate());
    }

    private JWTClaimsSet claims(String clientId) {
        Instant now = clock.instant();
        return new JWTClaimsSet.Builder()
                .issuer(clientId)
                .subject(clientId)
                .audience(entra.tokenUri)
                .jwtID(UUID.randomUUID().toString())
                .notBeforeTime(Date.from(now))
                .expirationTime(Date.from(now.plusSeconds(300)))
                .build();
    }

    private static String sign(JWTClaimsSet claims, JWSHeader header, PrivateKey key) throws Exception {
        SignedJWT jwt = new SignedJWT(header, claims);
        jwt.sign(new RSASSASigner(key));
        return jwt.serialize();
    }

    private static JWSHeader x5tS256() throws Exception {
        byte[] thumbprint = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
        return new JWSHeader.Builder(JWSAlgorithm.PS256)
                .x509CertSHA256Thumbprint(Base64URL.encode(thumbprint))
                .build();
    }

    @SuppressWarnings("deprecation")
    private static JWSHeader x5t() throws Exception {
        byte[] thumbprint = MessageDigest.getInstance("SHA-1").digest(certificate.getEncoded());
        return new JWSHeader.Builder(JWSAlgorithm.RS256)
                .x509CertThumbprint(Base64URL.encode(thumbprint))
                .build();
    }
}
