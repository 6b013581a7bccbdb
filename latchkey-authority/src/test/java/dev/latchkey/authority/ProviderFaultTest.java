package dev.latchkey.authority;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jwt.SignedJWT;
import dev.latchkey.authority.TestClient.Answer;
import dev.latchkey.core.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What providers do that a client has to stand: each of it can be told to the authority. */
final class ProviderFaultTest {
    private final LocalAuthority idp = LocalAuthority.start();
    private final Faults faults = idp.faults();
    private final TestClient oidc = TestClient.oidc(idp);
    private final String metadata = idp.oidcIssuer() + "/.well-known/openid-configuration";
    private final String jwks = idp.oidcIssuer() + "/jwks";

    @AfterEach
    void stop() {
        idp.close();
    }

    @Test
    void tokenAnswer_withoutLifetime() {
        faults.on(Endpoint.TOKEN).answer(Fault.without("expires_in"));

        JsonObject answer = oidc.tokens(idp).json();

        assertThat(answer.has("expires_in")).isFalse();
        assertThat(answer.has("access_token")).isTrue();
    }

    @Test
    void tokenAnswer_withoutAccessToken_ifOnlyTheIdTokenWasAskedFor() {
        faults.on(Endpoint.TOKEN).answer(Fault.withoutAccessTokenIfOnlyOpenIdScopes());

        JsonObject onlyOpenId =
                oidc.tokens(idp, "scope", "openid offline_access").json();
        JsonObject more = oidc.tokens(idp, "scope", "openid User.Read").json();

        assertThat(onlyOpenId.names())
                .contains("id_token", "refresh_token")
                .doesNotContain("access_token", "expires_in");
        assertThat(more.has("access_token")).isTrue();
        assertThat(more.has("expires_in")).isTrue();
    }

    @Test
    void tokenAnswer_scopeSeparatedByCommas() {
        faults.on(Endpoint.TOKEN).answer(Fault.scopeSeparatedBy(","));

        assertThat(oidc.tokens(idp, "scope", "openid profile User.Read").text("scope"))
                .isEqualTo("openid,profile,User.Read");
    }

    @Test
    void refresh_withScope_isInvalidScope_withoutIsRight() {
        String refreshToken = oidc.tokens(idp).text("refresh_token");
        faults.on(Endpoint.TOKEN)
                .grant(GrantType.REFRESH_TOKEN)
                .when(request -> request.parameter("scope").isPresent())
                .answer(Fault.error(400, "invalid_scope", "scope must not be given"));

        Answer with = oidc.refresh(refreshToken, "scope", "openid");
        Answer without = oidc.refresh(refreshToken);

        assertThat(with.status()).isEqualTo(400);
        assertThat(with.text("error")).isEqualTo("invalid_scope");
        assertThat(without.status()).isEqualTo(200);
    }

    @Test
    void refresh_needsAnotherFactor_withMembersOfItsOwn() {
        String refreshToken = oidc.tokens(idp).text("refresh_token");
        faults.on(Endpoint.TOKEN)
                .grant(GrantType.REFRESH_TOKEN)
                .answer(Fault.error(403, "mfa_required", "Multifactor authentication required")
                        .member("mfa_token", "the token"));

        Answer answer = oidc.refresh(refreshToken);

        assertThat(answer.status()).isEqualTo(403);
        assertThat(answer.json().asMap())
                .isEqualTo(Map.of(
                        "error", "mfa_required",
                        "error_description", "Multifactor authentication required",
                        "mfa_token", "the token"));
    }

    @Test
    void refresh_processedElsewhere_isRefusedOnce() {
        String refreshToken = oidc.tokens(idp).text("refresh_token");
        faults.on(Endpoint.TOKEN)
                .grant(GrantType.REFRESH_TOKEN)
                .once()
                .answer(Fault.error(400, "invalid_grant", "token request is already being processed"));

        assertThat(oidc.refresh(refreshToken).text("error_description"))
                .isEqualTo("token request is already being processed");
        assertThat(oidc.refresh(refreshToken).status()).isEqualTo(200);
    }

    @Test
    void metadata_withUnusableMembers_keepsTheOthers() {
        Map<String, Object> unusable = new LinkedHashMap<>();
        unusable.put("userinfo_endpoint", "not a URI");
        unusable.put("end_session_endpoint", 17);
        unusable.put("scopes_supported", null);
        faults.on(Endpoint.METADATA).answer(Fault.with(unusable));

        Map<String, Object> document = oidc.get(metadata).json().asMap();

        assertThat(document)
                .containsEntry("userinfo_endpoint", "not a URI")
                .containsEntry("end_session_endpoint", 17L)
                .containsEntry("scopes_supported", null)
                .containsEntry("issuer", idp.oidcIssuer().toString());
    }

    @Test
    void keys_withOddMembers_keepTheirOwn() {
        faults.on(Endpoint.KEYS).answer(Fault.keysWith("key_ops", List.of("connect")));

        List<JsonObject> keys = oidc.get(jwks).json().objects("keys");

        assertThat(keys).hasSizeGreaterThan(1).allSatisfy(key -> {
            assertThat(key.strings("key_ops")).containsExactly("connect");
            assertThat(key.names()).contains("kty", "kid", "use");
        });
    }

    @Test
    void keys_withOneMore_haveItFirst() {
        faults.on(Endpoint.KEYS).answer(Fault.extraKey(Map.of("kty", "unheard of")));

        List<JsonObject> keys = oidc.get(jwks).json().objects("keys");

        assertThat(keys.get(0).asMap()).isEqualTo(Map.of("kty", "unheard of"));
        assertThat(keys).hasSizeGreaterThan(1);
    }

    @Test
    void keys_ofAnApp_areOnlyAtItsOwnAddress() throws Exception {
        faults.on(Endpoint.KEYS)
                .when(request ->
                        request.parameter("appid").filter("demo-app"::equals).isEmpty())
                .answer(Fault.with("keys", List.of()));
        TestClient entra = TestClient.entra(idp, "contoso");
        String document = idp.entraAuthority("contoso") + "/v2.0/.well-known/openid-configuration";

        String general = entra.get(document).text("jwks_uri");
        String ofTheApp = entra.get(document + "?appid=demo-app").text("jwks_uri");
        String signer =
                SignedJWT.parse(entra.tokens(idp).text("id_token")).getHeader().getKeyID();

        assertThat(ofTheApp).isEqualTo(general + "?appid=demo-app");
        assertThat(entra.get(general).json().objects("keys")).isEmpty();
        assertThat(entra.get(ofTheApp).json().objects("keys"))
                .extracting(key -> key.string("kid"))
                .containsExactly(signer);
        assertThat(oidc.get(metadata + "?appid=demo-app").text("jwks_uri")).isEqualTo(jwks);
    }

    @Test
    void tokenAnswer_afterARotation_isSignedWithAKeyNobodyHasSeen() throws Exception {
        List<String> known = keyIds();
        faults.on(Endpoint.TOKEN).once().answer(Fault.keyRotation());

        String signer =
                SignedJWT.parse(oidc.tokens(idp).text("id_token")).getHeader().getKeyID();
        String next =
                SignedJWT.parse(oidc.tokens(idp).text("id_token")).getHeader().getKeyID();

        assertThat(known).doesNotContain(signer);
        assertThat(keyIds()).contains(signer).containsAll(known);
        assertThat(next).isEqualTo(signer);
    }

    @Test
    void answer_compressedUnasked_isTheRightOneInside() throws Exception {
        faults.on(Endpoint.METADATA).answer(Fault.gzip());

        HttpResponse<byte[]> response = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(metadata)).build(), HttpResponse.BodyHandlers.ofByteArray());
        String body = new String(
                new GZIPInputStream(new ByteArrayInputStream(response.body())).readAllBytes(), StandardCharsets.UTF_8);

        assertThat(response.headers().firstValue("content-encoding")).isEqualTo(Optional.of("gzip"));
        assertThat(TestClient.json(body).string("issuer"))
                .isEqualTo(idp.oidcIssuer().toString());
    }

    @Test
    void answer_withAnotherHeader_isElseTheRightOne() {
        faults.on(Endpoint.METADATA).answer(Fault.header("cache-control", "max-age=never"));

        Answer answer = oidc.get(metadata);

        assertThat(answer.response().headers().allValues("Cache-Control")).containsExactly("max-age=never");
        assertThat(answer.text("issuer")).isEqualTo(idp.oidcIssuer().toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<h1>Slow down</h1>", "{\"error\":\"slow_down\"}", "{\"error\":7}"})
    void devicePoll_tooManyRequests_withAnyBody(String body) {
        Answer begun = oidc.post(
                idp.oidcIssuer() + "/device_authorization", Map.of("client_id", "demo-app", "scope", "openid"));
        faults.on(Endpoint.TOKEN).grant(GrantType.DEVICE_CODE).once().answer(Fault.answer(429, "text/html", body));
        Map<String, String> poll = Map.of(
                "grant_type",
                GrantType.DEVICE_CODE.wireName(),
                "client_id",
                "demo-app",
                "device_code",
                begun.text("device_code"));

        Answer refused = oidc.post(oidc.tokenUri, poll);

        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.response().body()).isEqualTo(body);
        assertThat(oidc.post(oidc.tokenUri, poll).text("error")).isEqualTo("authorization_pending");
    }

    @Test
    void deviceAuthorization_withAnEmptyCompleteAddress() {
        faults.on(Endpoint.DEVICE_AUTHORIZATION).answer(Fault.with("verification_uri_complete", ""));

        Answer begun = oidc.post(
                idp.oidcIssuer() + "/device_authorization", Map.of("client_id", "demo-app", "scope", "openid"));

        assertThat(begun.text("verification_uri_complete")).isEmpty();
        assertThat(begun.text("user_code")).isNotEmpty();
    }

    private List<String> keyIds() {
        return oidc.get(jwks).json().objects("keys").stream()
                .map(key -> String.valueOf(key.string("kid")))
                .toList();
    }
}
