package dev.latchkey.authority;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import dev.latchkey.authority.TestClient.Answer;
import dev.latchkey.authority.http.JettyServer;
import dev.latchkey.authority.http.Reply;
import dev.latchkey.authority.person.ScriptedPerson;
import dev.latchkey.authority.person.Visit;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class ExtensionsTest {
    private final VirtualClock clock = VirtualClock.atPresent();
    private final CompletableFuture<String> logoutNotice = new CompletableFuture<>();
    private final JettyServer application = JettyServer.bind("127.0.0.1", 0, Optional.empty());
    private final LocalAuthority idp = start();
    private final TestClient oidc = TestClient.oidc(idp);
    private final TestClient entra = TestClient.entra(idp, "contoso");
    private final String base = idp.oidcIssuer().toString();

    private LocalAuthority start() {
        application.start(request -> {
            logoutNotice.complete(request.form().get("logout_token").orElse(""));
            return CompletableFuture.completedFuture(Reply.empty(200));
        });
        String address = "http://127.0.0.1:" + application.port();
        return LocalAuthority.builder()
                .clock(clock)
                .client(Client.publicClient("demo-app").redirectUri("http://localhost"))
                .client(Client.publicClient("push-app")
                        .redirectUri("http://localhost")
                        .requiresPushedRequests())
                .client(Client.publicClient("signed-app")
                        .redirectUri("http://localhost")
                        .signedUserInfo())
                .client(Client.publicClient("logout-app")
                        .redirectUri("http://localhost")
                        .frontChannelLogoutUri(address + "/front")
                        .backChannelLogoutUri(address + "/back"))
                .client(Client.confidentialClient("api", "api-secret"))
                .api(ApiResource.of("https://graph.microsoft.com", "User.Read", "Mail.Read"))
                .api(ApiResource.of("api://orders", "Orders.Read"))
                .start();
    }

    @AfterEach
    void stop() {
        idp.close();
        application.close();
    }

    @Test
    void pushedRequest_isUsedOnce_byItsClientOnly() {
        Map<String, String> pushed = new LinkedHashMap<>(authorization("push-app"));
        Answer answer = oidc.post(base + "/par", pushed);
        String uri = answer.text("request_uri");

        assertThat(answer.status()).isEqualTo(201);
        assertThat(answer.json().number("expires_in")).isEqualTo(90);
        assertThat(alice().visitUpToRedirect(byUri("demo-app", uri)).status()).isEqualTo(400);
        String second = oidc.post(base + "/par", pushed).text("request_uri");
        assertThat(alice().visitUpToRedirect(byUri("push-app", second)).answer())
                .containsKey("code");
        assertThat(alice().visitUpToRedirect(byUri("push-app", second)).status())
                .isEqualTo(400);
    }

    @Test
    void pushedRequest_afterItsTime_isUnknown() {
        String uri = oidc.post(base + "/par", authorization("push-app")).text("request_uri");
        clock.advance(Duration.ofSeconds(90));

        assertThat(alice().visitUpToRedirect(byUri("push-app", uri)).status()).isEqualTo(400);
    }

    @Test
    void pushedRequest_withAMistake_saysSoAtOnce() {
        Map<String, String> pushed = new LinkedHashMap<>(authorization("push-app"));
        pushed.put("redirect_uri", "https://evil.example");

        assertThat(oidc.post(base + "/par", pushed).text("error_description")).contains("is not registered");
    }

    @Test
    void clientThatMustPush_askingDirectly_isRefused() {
        Visit visit = alice().visitUpToRedirect(oidc.authorize("client_id", "push-app"));

        assertThat(visit.status()).isEqualTo(400);
        assertThat(visit.arrivedAt()).isEmpty();
    }

    @Test
    void resource_narrowsTheTokenToOneApi() {
        String code = oidc.signIn(idp, "scope", "openid offline_access User.Read Orders.Read")
                .answer()
                .get("code");
        Answer both = oidc.redeem(code);
        Answer orders = oidc.refresh(both.text("refresh_token"), "resource", "api://orders");

        assertThat(TestClient.claims(both.text("access_token")).get("aud")).isInstanceOf(List.class);
        assertThat(TestClient.claims(orders.text("access_token")))
                .containsEntry("aud", "api://orders")
                .containsEntry("scope", "openid offline_access Orders.Read");
        assertThat(oidc.refresh(orders.text("refresh_token"), "resource", "https://no.example")
                        .text("error"))
                .isEqualTo("invalid_target");
        assertThat(oidc.signIn(idp, "resource", "https://no.example").answer())
                .containsEntry("error", "invalid_target");
    }

    @Test
    void revokedRefreshToken_takesItsGrantWithIt() {
        Answer tokens = oidc.tokens(idp);

        Answer revoked =
                oidc.post(base + "/revoke", Map.of("client_id", "demo-app", "token", tokens.text("refresh_token")));

        assertThat(revoked.status()).isEqualTo(200);
        assertThat(oidc.refresh(tokens.text("refresh_token")).text("error")).isEqualTo("invalid_grant");
        assertThat(oidc.get(base + "/userinfo", "Authorization", "Bearer " + tokens.text("access_token"))
                        .status())
                .isEqualTo(401);
    }

    @Test
    void revocation_byAnotherClient_changesNothing_andUnknownTokensAreFine() {
        Answer tokens = oidc.tokens(idp);
        assertThat(oidc.post(base + "/revoke", Map.of("client_id", "push-app", "token", tokens.text("refresh_token")))
                        .status())
                .isEqualTo(200);
        assertThat(oidc.post(base + "/revoke", Map.of("client_id", "demo-app", "token", "unknown"))
                        .status())
                .isEqualTo(200);
        assertThat(oidc.refresh(tokens.text("refresh_token")).status()).isEqualTo(200);
    }

    @Test
    void introspection_tellsAConfidentialClient_whatATokenIs() {
        Answer tokens = oidc.tokens(idp);

        assertThat(introspect(tokens.text("access_token")).isTrue("active")).isTrue();
        assertThat(introspect(tokens.text("access_token")).string("client_id")).isEqualTo("demo-app");
        assertThat(introspect(tokens.text("id_token")).isTrue("active")).isFalse();
        assertThat(introspect("rubbish").asMap()).isEqualTo(Map.of("active", false));
        clock.advance(Duration.ofHours(2));
        assertThat(introspect(tokens.text("access_token")).isTrue("active")).isFalse();
        assertThat(oidc.post(base + "/introspect", Map.of("client_id", "demo-app", "token", "x"))
                        .status())
                .isEqualTo(401);
    }

    @Test
    void signedUserInfo_isAJwtForTheClient() {
        String token = oidc.redeem(
                        oidc.signIn(idp, "client_id", "signed-app").answer().get("code"), "client_id", "signed-app")
                .text("access_token");

        Answer answer = oidc.get(base + "/userinfo", "Authorization", "Bearer " + token);

        assertThat(answer.header("content-type")).isEqualTo("application/jwt");
        assertThat(TestClient.claims(answer.response().body()))
                .containsEntry("iss", base)
                .containsEntry("aud", "signed-app")
                .containsEntry("name", "Alice");
    }

    @Test
    void registration_givesAClientThatWorks() {
        Answer registered = register("{\"redirect_uris\":[\"http://localhost:7777\"],\"client_name\":\"New\","
                + "\"token_endpoint_auth_method\":\"client_secret_post\"}");
        String clientId = registered.text("client_id");

        String code = oidc.signIn(idp, "client_id", clientId).answer().get("code");
        Answer tokens = oidc.redeem(code, "client_id", clientId, "client_secret", registered.text("client_secret"));

        assertThat(registered.status()).isEqualTo(201);
        assertThat(tokens.status()).isEqualTo(200);
    }

    @Test
    void registration_withAKey_provesItselfByAssertions() throws Exception {
        ECKey key = new ECKeyGenerator(Curve.P_256).generate();
        String metadata = "{\"redirect_uris\":[\"http://localhost:7777\"],"
                + "\"post_logout_redirect_uris\":[\"http://localhost:7777/bye\"],"
                + "\"token_endpoint_auth_method\":\"private_key_jwt\",\"jwks\":{\"keys\":[%s]}}";
        Answer registered = register(metadata.formatted(key.toPublicJWK()));
        String clientId = registered.text("client_id");
        JWTClaimsSet claims = new JWTClaimsSet.Builder()
                .issuer(clientId)
                .subject(clientId)
                .audience(base)
                .jwtID("once")
                .expirationTime(Date.from(clock.instant().plusSeconds(60)))
                .build();
        SignedJWT assertion = new SignedJWT(new JWSHeader(JWSAlgorithm.ES256), claims);
        assertion.sign(new ECDSASigner(key));
        String type = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

        String code = oidc.signIn(idp, "client_id", clientId).answer().get("code");
        Answer tokens = oidc.redeem(
                code, "client_id", clientId, "client_assertion", assertion.serialize(), "client_assertion_type", type);

        assertThat(registered.json().has("client_secret")).isFalse();
        assertThat(registered.json().strings("post_logout_redirect_uris")).containsExactly("http://localhost:7777/bye");
        assertThat(tokens.status()).as(tokens.response().body()).isEqualTo(200);
        assertThat(register(metadata.formatted(key)).text("error_description")).contains("public keys only");
        assertThat(register(metadata.formatted("{}")).text("error")).isEqualTo("invalid_client_metadata");
    }

    @Test
    void registration_ofNonsense_saysWhat() {
        assertThat(register("[]").text("error")).isEqualTo("invalid_client_metadata");
        assertThat(register("{}").text("error")).isEqualTo("invalid_redirect_uri");
        assertThat(register("{\"redirect_uris\":[\"javascript:alert(1)\"]}").text("error"))
                .isEqualTo("invalid_redirect_uri");
        assertThat(register("{\"redirect_uris\":[\"relative\"]}").text("error")).isEqualTo("invalid_redirect_uri");
    }

    @Test
    void signOut_tellsClients_overBothChannels() throws Exception {
        ScriptedPerson alice = alice();
        String idToken = oidc.redeem(
                        alice.visitUpToRedirect(oidc.authorize("client_id", "logout-app"))
                                .answer()
                                .get("code"),
                        "client_id",
                        "logout-app")
                .text("id_token");
        Object sid = TestClient.claims(idToken).get("sid");

        Visit out = alice.visit(URI.create(base + "/logout?id_token_hint=" + idToken));

        assertThat(out.pages()).containsExactly("You are signed out");
        Map<String, Object> notice = TestClient.claims(logoutNotice.get(20, TimeUnit.SECONDS));
        assertThat(notice)
                .containsEntry("aud", "logout-app")
                .containsEntry("sid", sid)
                .containsKey("events")
                .doesNotContainKey("nonce");
    }

    @Test
    void claimsChallenge_isAnsweredOnlyByATokenAskedForWithIt() {
        String capability = "{\"access_token\":{\"xms_cc\":{\"values\":[\"cp1\"]}}}";
        Answer tokens = entra.redeem(entra.signIn(idp).answer().get("code"), "claims", capability);
        idp.challengeClaims("alice@contoso.example");
        String me = idp.apiUri() + "/me";

        Answer challenged = oidc.get(me, "Authorization", "Bearer " + tokens.text("access_token"));
        String header = challenged.header("www-authenticate");
        String claims = new String(
                Base64.getDecoder().decode(header.replaceAll(".*claims=\"([^\"]*)\".*", "$1")), StandardCharsets.UTF_8);
        Answer plain = entra.refresh(tokens.text("refresh_token"), "claims", capability);
        String merged = claims.replace("\"access_token\":{", "\"access_token\":{\"xms_cc\":{\"values\":[\"cp1\"]},");
        Answer answering = entra.refresh(plain.text("refresh_token"), "claims", merged);

        assertThat(challenged.status()).isEqualTo(401);
        assertThat(header).contains("error=\"insufficient_claims\"");
        assertThat(oidc.get(me, "Authorization", "Bearer " + plain.text("access_token"))
                        .status())
                .isEqualTo(401);
        assertThat(oidc.get(me, "Authorization", "Bearer " + answering.text("access_token"))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void scopesOfTwoApis_consentedAtOnce_areRedeemedOneByOne() {
        Answer first = entra.tokens(idp, "scope", "openid offline_access User.Read api://orders/Orders.Read");
        Answer second = entra.refresh(first.text("refresh_token"), "scope", "api://orders/Orders.Read");

        assertThat(TestClient.claims(first.text("access_token"))).containsEntry("aud", "https://graph.microsoft.com");
        assertThat(TestClient.claims(second.text("access_token"))).containsEntry("aud", "api://orders");
    }

    private ScriptedPerson alice() {
        return idp.person("alice@contoso.example");
    }

    private static Map<String, String> authorization(String clientId) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("client_id", clientId);
        form.put("response_type", "code");
        form.put("redirect_uri", TestClient.REDIRECT_URI);
        form.put("scope", "openid");
        form.put("code_challenge", TestClient.challenge());
        form.put("code_challenge_method", "S256");
        return form;
    }

    private URI byUri(String clientId, String requestUri) {
        return URI.create(
                base + "/authorize?" + TestClient.encode(Map.of("client_id", clientId, "request_uri", requestUri)));
    }

    private dev.latchkey.core.json.JsonObject introspect(String token) {
        return oidc.post(
                        base + "/introspect", Map.of("client_id", "api", "client_secret", "api-secret", "token", token))
                .json();
    }

    private Answer register(String body) {
        return oidc.send(
                HttpRequest.newBuilder(URI.create(base + "/register")).POST(HttpRequest.BodyPublishers.ofString(body)),
                "Content-Type",
                "application/json");
    }
}
