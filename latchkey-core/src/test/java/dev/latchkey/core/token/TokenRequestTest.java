package dev.latchkey.core.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.core.Scopes;
import dev.latchkey.core.Secret;
import dev.latchkey.core.authorize.AuthorizationRequest;
import dev.latchkey.core.authorize.Pkce;
import dev.latchkey.core.error.AuthException;
import dev.latchkey.core.error.ClientAuthException;
import dev.latchkey.core.http.HttpAnswer;
import dev.latchkey.core.http.HttpMessage;
import dev.latchkey.core.http.HttpMethod;
import dev.latchkey.core.json.Json;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenRequestTest {
    private static final URI ENDPOINT = URI.create("https://op.example/token");
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private static final AnswerBinding SIGN_IN =
            new AnswerBinding(AnswerBinding.IdTokenRule.REQUIRED, null, null, null);

    @Test
    void authorizationCode_repeatsRedirectUriAndSendsTheVerifier() {
        Pkce pkce = Pkce.from(new byte[32]);
        AuthorizationRequest asked = AuthorizationRequest.builder(
                        ENDPOINT, "client", URI.create("http://127.0.0.1:5/"), Scopes.of("read"))
                .secrets("s", "n", pkce)
                .build();

        Grant grant = new AuthorizationCodeGrant(Secret.of("c1"), asked, Duration.ofMinutes(1));
        HttpMessage message = sent(request(grant, Map.of()), ClientAuthentication.none());

        assertThat(message.method()).isEqualTo(HttpMethod.POST);
        assertThat(message.uri()).isEqualTo(ENDPOINT);
        assertThat(form(message))
                .containsEntry("grant_type", "authorization_code")
                .containsEntry("code", "c1")
                .containsEntry("redirect_uri", "http://127.0.0.1:5/")
                .containsEntry("code_verifier", pkce.verifier().reveal())
                .containsEntry("client_id", "client")
                .containsEntry("scope", "read");
        assertThat(grant.binding())
                .as("it is the answer to this request")
                .isEqualTo(new AnswerBinding(AnswerBinding.IdTokenRule.REQUIRED, "n", null, Duration.ofMinutes(1)));
        assertThat(grant)
                .asString()
                .doesNotContain("c1")
                .doesNotContain(pkce.verifier().reveal());
    }

    @Test
    void refreshAndDeviceCode_sendTheirGrant() {
        Grant refresh = new RefreshTokenGrant(Secret.of("rt-1"), "ada");
        Grant device = new DeviceCodeGrant(Secret.of("dc-1"));

        assertThat(form(sent(request(refresh, Map.of()), ClientAuthentication.none())))
                .containsEntry("grant_type", "refresh_token")
                .containsEntry("refresh_token", "rt-1");
        assertThat(form(sent(request(device, Map.of()), ClientAuthentication.none())))
                .containsEntry("grant_type", "urn:ietf:params:oauth:grant-type:device_code")
                .containsEntry("device_code", "dc-1");
        assertThat(refresh.binding())
                .isEqualTo(new AnswerBinding(AnswerBinding.IdTokenRule.OPTIONAL, null, "ada", null));
        assertThat(device.binding()).isEqualTo(SIGN_IN);
        assertThat(AnswerBinding.nobody())
                .isEqualTo(new AnswerBinding(AnswerBinding.IdTokenRule.UNUSED, null, null, null));
        assertThat(refresh).asString().doesNotContain("rt-1");
        assertThat(device).asString().doesNotContain("dc-1");
    }

    @Test
    void clientInfoAndRequestId_areSentToWhoKnowsThemOnly() {
        TokenRequest entra =
                new TokenRequest(ENDPOINT, refreshToken(), Scopes.of("read"), null, null, true, "call-1", Map.of());

        assertThat(form(sent(entra, ClientAuthentication.none())))
                .containsEntry("client_info", "1")
                .containsEntry("client-request-id", "call-1");
        assertThat(form(sent(request(refreshToken(), Map.of()), ClientAuthentication.none())))
                .doesNotContainKeys("client_info", "client-request-id");
    }

    @Test
    void extras_protocolAndCredentials_cannotBeReplaced() {
        Map<String, String> extras = Map.of(
                "grant_type", "password", "client_id", "other", "client_secret", "x", "refresh_token", "x", "own", "1");

        assertThat(form(sent(request(refreshToken(), extras), ClientAuthentication.secretBasic(Secret.of("pw")))))
                .containsEntry("grant_type", "refresh_token")
                .containsEntry("refresh_token", "rt")
                .containsEntry("own", "1")
                .doesNotContainKeys("client_id", "client_secret");
    }

    @Test
    void revocation_sendsTheRefreshToken() {
        assertThat(form(Revocation.request(ENDPOINT, Secret.of("rt")).build()))
                .containsExactlyInAnyOrderEntriesOf(Map.of("token", "rt", "token_type_hint", "refresh_token"));
    }

    @Test
    void deviceAuthorization_sendsScopesAndClaims() {
        assertThat(form(DeviceCodeResponse.request(ENDPOINT, Scopes.of("read"), "{}")
                        .build()))
                .containsExactlyInAnyOrderEntriesOf(Map.of("scope", "read", "claims", "{}"));
    }

    @Test
    void deviceCode_answer_isRead() {
        DeviceCodeResponse answer = device("{\"device_code\":\"dc\",\"user_code\":\"ABC\","
                + "\"verification_uri\":\"https://op.example/device\",\"expires_in\":900}");

        assertThat(answer.interval()).isEqualTo(Duration.ofSeconds(5));
        assertThat(answer.expiresIn()).isEqualTo(Duration.ofMinutes(15));
        assertThat(answer.verificationUri()).hasToString("https://op.example/device");
        assertThat(answer).asString().doesNotContain("ABC").doesNotContain("dc");
        assertThat(device("{\"device_code\":\"dc\",\"user_code\":\"ABC\",\"interval\":120,"
                                + "\"verification_url\":\"https://op.example/device\",\"expires_in\":\"900\"}")
                        .interval())
                .isEqualTo(Duration.ofMinutes(2));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "{\"user_code\":\"A\",\"verification_uri\":\"https://op.example\",\"expires_in\":9}",
                "{\"device_code\":\"d\",\"verification_uri\":\"https://op.example\",\"expires_in\":9}",
                "{\"device_code\":\"d\",\"user_code\":\"A\",\"expires_in\":9}",
                "{\"device_code\":\"d\",\"user_code\":\"A\",\"verification_uri\":\"https://op.example\"}",
                "{\"device_code\":\"d\",\"user_code\":\"A\",\"verification_uri\":\"file:///bin/sh\",\"expires_in\":9}",
                "{\"device_code\":\"d\",\"user_code\":\"A\",\"verification_uri\":\"http://op.example\",\"expires_in\":9}",
                "{\"device_code\":\"d\",\"user_code\":\"A\",\"verification_uri\":\"a b\",\"expires_in\":9}",
                "{\"device_code\":\"d\",\"user_code\":\"A\\u001b[2J\",\"verification_uri\":\"https://op.example\","
                        + "\"expires_in\":9}",
                "{\"device_code\":\"d\",\"user_code\":\"A\\u202eB\",\"verification_uri\":\"https://op.example\","
                        + "\"expires_in\":9}",
                "{\"device_code\":\"d\",\"user_code\":\"A\\nB\",\"verification_uri\":\"https://op.example\",\"expires_in\":9}",
                "{\"device_code\":\"d\",\"user_code\":\"A\",\"verification_uri\":\"http://localhost/d\",\"expires_in\":9}",
                "{\"device_code\":\"d\",\"user_code\":\"A\",\"verification_uri\":\"https://op.example/\\u202e\",\"expires_in\":9}",
            })
    void deviceCode_unusableAnswer_isRefused(String body) {
        assertThatThrownBy(() -> device(body)).isInstanceOf(ClientAuthException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "-5, 1, -5, 1",
        "0, 1, 0, 1",
        "1, 1, 1, 1",
        "86400, 86400, 600, 600",
        "86401, 86400, 601, 600",
        "999999999999999999, 86400, 999999999999999999, 600",
    })
    void deviceCode_times_areBounded(long expiresIn, long life, long interval, long pause) {
        DeviceCodeResponse response = device("{\"device_code\":\"d\",\"user_code\":\"A\","
                + "\"verification_uri\":\"https://op.example\",\"expires_in\":" + expiresIn + ",\"interval\":"
                + interval
                + "}");

        assertThat(response.expiresIn()).isEqualTo(Duration.ofSeconds(life));
        assertThat(response.interval()).isEqualTo(Duration.ofSeconds(pause));
    }

    @ParameterizedTest
    @CsvSource({"100, true", "101, false"})
    void deviceCode_userCode_isOneThatCanBeTyped(int length, boolean accepted) {
        String body = "{\"device_code\":\"d\",\"user_code\":\"" + "A".repeat(length)
                + "\",\"verification_uri\":\"https://op.example\",\"expires_in\":9}";

        if (accepted) {
            assertThat(device(body).userCode()).hasSize(length);
        } else {
            assertThatThrownBy(() -> device(body)).isInstanceOf(ClientAuthException.class);
        }
    }

    /** An answer that is no success is not believed, whatever it says. */
    @ParameterizedTest
    @ValueSource(ints = {302, 400, 500})
    void deviceCodeAndUserInfo_thatAreNoSuccess_areNotBelieved(int status) {
        HttpAnswer code = new HttpAnswer(
                status,
                Map.of(),
                "{\"device_code\":\"d\",\"user_code\":\"A\",\"verification_uri\":\"https://op.example\",\"expires_in\":9}");
        HttpAnswer info = new HttpAnswer(status, Map.of(), "{\"sub\":\"ada\"}");

        assertThatThrownBy(() -> DeviceCodeResponse.check(code, ENDPOINT, "call-1", NOW))
                .isInstanceOf(AuthException.class);
        assertThatThrownBy(() -> UserInfo.check(info, ENDPOINT, "ada", "call-1", NOW))
                .isInstanceOf(AuthException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "javascript:alert(1)", "http://127.0.0.1/x", "/relative", "a b"})
    void deviceCode_completeAddressThatCannotBeUsed_isLeftOut(String address) {
        DeviceCodeResponse response = device(Json.write(Map.of(
                "device_code", "d",
                "user_code", "A",
                "verification_uri", "https://op.example",
                "verification_uri_complete", address,
                "expires_in", 9L)));

        assertThat(response.verificationUriComplete()).isEmpty();
    }

    @Test
    void deviceCode_endpointOnLoopback_mayNameHttpThere() {
        String body = "{\"device_code\":\"d\",\"user_code\":\"A\",\"verification_uri\":\"http://127.0.0.1:7/d\","
                + "\"expires_in\":9}";
        URI local = URI.create("http://127.0.0.1:7/device");

        assertThat(DeviceCodeResponse.check(new HttpAnswer(200, Map.of(), body), local, "call-1", NOW)
                        .verificationUri())
                .hasToString("http://127.0.0.1:7/d");
    }

    @Test
    void deviceCode_messageThatSteersATerminal_isMadePrintable() {
        DeviceCodeResponse response =
                device("{\"device_code\":\"d\",\"user_code\":\"A\",\"verification_uri\":\"https://op.example\","
                        + "\"expires_in\":9,\"message\":\"Open\\u001b[2J\\r\\nit\"}");

        assertThat(response.message()).contains("Open\uFFFD[2J it");
    }

    @ParameterizedTest
    @CsvSource({
        "'{\"sub\":\"other\"}', userinfo_subject_mismatch",
        "'{}', userinfo_subject_mismatch",
        "'{\"sub\":7}', userinfo_subject_mismatch",
        "'eyJhbGciOiJub25lIn0..', failed_to_parse_response"
    })
    void userInfo_ofSomebodyElse_isNotUsed(String body, String code) {
        assertThatThrownBy(() -> UserInfo.check(new HttpAnswer(200, Map.of(), body), ENDPOINT, "ada", "call-1", NOW))
                .isInstanceOfSatisfying(
                        AuthException.class, e -> assertThat(e.errorCode()).isEqualTo(code));
    }

    @Test
    void userInfo_ofTheSubject_isGiven() {
        HttpAnswer answer = new HttpAnswer(200, Map.of(), "{\"sub\":\"ada\",\"email\":\"a@b\"}");

        assertThat(UserInfo.check(answer, ENDPOINT, "ada", "call-1", NOW).string("email"))
                .isEqualTo("a@b");
        assertThat(UserInfo.request(ENDPOINT, Secret.of("at")).headers()).containsEntry("Authorization", "Bearer at");
    }

    private static DeviceCodeResponse device(String body) {
        return DeviceCodeResponse.check(new HttpAnswer(200, Map.of(), body), ENDPOINT, "call-1", NOW);
    }

    private static Map<String, String> form(HttpMessage message) {
        return java.util.Objects.requireNonNull(message.form()).asMap();
    }

    private static Grant refreshToken() {
        return new RefreshTokenGrant(Secret.of("rt"), null);
    }

    private static HttpMessage sent(TokenRequest request, ClientAuthentication authentication) {
        HttpMessage.Builder message = request.message();
        try {
            authentication.authenticate(
                    message,
                    new ClientAuthenticationContext("client", "https://op.example", ENDPOINT, NOW, () -> "id"));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
        return message.build();
    }

    private static TokenRequest request(Grant grant, Map<String, String> extras) {
        return new TokenRequest(ENDPOINT, grant, Scopes.of("read"), null, null, false, "call-1", extras);
    }
}
