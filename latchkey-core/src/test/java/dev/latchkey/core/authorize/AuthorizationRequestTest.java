package dev.latchkey.core.authorize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.core.Scopes;
import dev.latchkey.core.error.ClientConfigurationException;
import dev.latchkey.core.http.Parameters;
import dev.latchkey.core.json.Json;
import dev.latchkey.core.json.JsonException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AuthorizationRequestTest {
    private static final Pkce PKCE = Pkce.from(new byte[32]);

    @Test
    void uri_plainRequest_isCodeFlowWithPkceStateAndNonce() {
        Parameters sent = sent(request("https://op.example/authorize").build());

        assertThat(sent.asMap())
                .containsEntry("response_type", "code")
                .containsEntry("client_id", "client")
                .containsEntry("redirect_uri", "http://127.0.0.1:1/")
                .containsEntry("scope", "read")
                .containsEntry("state", "the-state")
                .containsEntry("nonce", "the-nonce")
                .containsEntry("code_challenge", PKCE.challenge())
                .containsEntry("code_challenge_method", "S256")
                .containsEntry("response_mode", "query")
                .doesNotContainKeys("client_info", "client-request-id", "prompt", "max_age");
    }

    @Test
    void uri_endpointWithQuery_keepsIt() {
        assertThat(request("https://op.example/authorize?p=policy").build().uri())
                .asString()
                .startsWith("https://op.example/authorize?p=policy&client_id=");
    }

    @Test
    void uri_extrasOfTheCaller_cannotReplaceTheProtocols() {
        AuthorizationRequest request = request("https://op.example/authorize")
                .extraQueryParameters(
                        Map.of("state", "x", "nonce", "x", "code_challenge", "x", "redirect_uri", "x", "own", "a b&c"))
                .build();

        assertThat(sent(request).asMap())
                .containsEntry("state", "the-state")
                .containsEntry("nonce", "the-nonce")
                .containsEntry("own", "a b&c");
    }

    @Test
    void uri_everyOption_isSent() {
        AuthorizationRequest request = request("https://op.example/authorize")
                .extraScopesToConsent(Scopes.of("https://other/x"))
                .responseMode(ResponseMode.FORM_POST)
                .prompt("select_account")
                .loginHint("ada@example.com")
                .domainHint("example.com")
                .sid("s")
                .maxAge(Duration.ofMinutes(2))
                .claims("{\"id_token\":{}}")
                .resource("https://api.example")
                .entra("call-1")
                .build();

        assertThat(sent(request).asMap())
                .containsEntry("scope", "read https://other/x")
                .containsEntry("response_mode", "form_post")
                .containsEntry("max_age", "120")
                .containsEntry("client_info", "1")
                .containsEntry("client-request-id", "call-1")
                .containsEntry("resource", "https://api.example")
                .containsEntry("login_hint", "ada@example.com");
        assertThat(request.scopes()).isEqualTo(Scopes.of("read"));
    }

    @Test
    void build_builderChangedAfterwards_theRequestStays() {
        AuthorizationRequest.Builder builder =
                request("https://login.example/authorize").loginHint("ada").prompt("login");
        AuthorizationRequest built = builder.build();
        String before = built.uri().toString();

        builder.loginHint("mallory").prompt("none").secrets("other", "other", Pkce.from(new byte[Pkce.ENTROPY_BYTES]));

        assertThat(built.uri().toString()).isEqualTo(before);
        assertThat(built.state()).isNotEqualTo("other");
    }

    @Test
    void build_withoutSecrets_isRefused() {
        assertThatThrownBy(() -> AuthorizationRequest.builder(
                                URI.create("https://op.example"), "c", URI.create("http://localhost"), Scopes.NONE)
                        .build())
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void claims_mergedWithCapabilities_keepsTheCallers() throws JsonException {
        String merged = ClaimsRequest.merge(
                "{\"access_token\":{\"nbf\":{\"essential\":true}},\"userinfo\":{\"x\":null}}", List.of("cp1"));

        assertThat(merged).isNotNull();
        assertThat(Json.parseObject(merged))
                .isEqualTo(Json.parseObject("{\"access_token\":{\"nbf\":{\"essential\":true},"
                        + "\"xms_cc\":{\"values\":[\"cp1\"]}},\"userinfo\":{\"x\":null}}"));
        assertThat(ClaimsRequest.merge(null, List.of())).isNull();
        assertThat(ClaimsRequest.merge(null, List.of("cp1"))).contains("xms_cc");
        assertThat(ClaimsRequest.merge("{\"a\":1}", List.of())).isEqualTo("{\"a\":1}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "MARKER", "[\"MARKER\"]", "{\"MARKER\":", "{}{}"})
    void claims_noJsonObject_areRefusedWithoutBeingShown(String claims) {
        assertThatThrownBy(() -> ClaimsRequest.merge(claims, List.of()))
                .isInstanceOf(ClientConfigurationException.class)
                .hasMessageStartingWith("invalid_claims")
                .hasMessageNotContaining("MARKER");
    }

    private static AuthorizationRequest.Builder request(String endpoint) {
        return AuthorizationRequest.builder(
                        URI.create(endpoint), "client", URI.create("http://127.0.0.1:1/"), Scopes.of("read"))
                .secrets("the-state", "the-nonce", PKCE);
    }

    private static Parameters sent(AuthorizationRequest request) {
        return Parameters.decode(request.uri().getRawQuery());
    }
}
