package dev.latchkey.core.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.core.error.AuthException;
import dev.latchkey.core.error.ClientAuthException;
import dev.latchkey.core.error.ServerException;
import dev.latchkey.core.http.HttpAnswer;
import dev.latchkey.core.json.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProviderMetadataTest {
    private static final Authority AUTHORITY = Authority.of("https://op.example");

    @Test
    void check_completeDocument_isBelieved() {
        Map<String, Object> document = document();
        document.put("end_session_endpoint", "https://op.example/logout");
        document.put("authorization_response_iss_parameter_supported", true);
        document.put("response_modes_supported", List.of("form_post"));

        ProviderMetadata metadata = check(200, Json.write(document));

        assertThat(metadata.tokenEndpoint()).hasToString("https://op.example/token");
        assertThat(metadata.endSessionEndpoint()).isPresent();
        assertThat(metadata.revocationEndpoint()).isEmpty();
        assertThat(metadata.issuerInResponse()).isTrue();
        assertThat(metadata.responseModes()).containsOnly("form_post");
    }

    /** Equal hashes in a set that is copied took seconds; and nobody asks for others. */
    @Test
    void check_responseModesNobodyAsksFor_areNotKept() {
        Map<String, Object> document = document();
        document.put("response_modes_supported", List.of("query.jwt", "web_message"));
        assertThat(check(200, Json.write(document)).responseModes()).isEmpty();

        document.put("response_modes_supported", List.of("query.jwt", "query"));
        assertThat(check(200, Json.write(document)).responseModes()).containsOnly("query");
    }

    @Test
    void check_noResponseModes_meansQueryAndFragment() {
        assertThat(check(200, Json.write(document())).responseModes()).containsOnly("query", "fragment");
    }

    /** Azure AD B2C lists {@code openid} alone. */
    @ParameterizedTest
    @CsvSource({
        "https://op.example, OIDC, false",
        "https://op.example/adfs, ADFS, false",
        "https://op.example/t, ENTRA, true",
        "https://op.example/t/B2C_1_susi, B2C, true",
        "https://op.example/t, CIAM, true",
    })
    void offersOfflineAccess_whereTheListLacksIt_dependsOnTheKind(
            String address, AuthorityKind kind, boolean isOffered) {
        Map<String, Object> document = document();
        document.put("scopes_supported", List.of("openid"));
        Authority authority = Authority.of(address, kind);

        assertThat(ProviderMetadata.parse(Json.write(document), authority, Set.of())
                        .offersOfflineAccess())
                .isEqualTo(isOffered);
        document.put("scopes_supported", List.of("openid", "offline_access"));
        assertThat(ProviderMetadata.parse(Json.write(document), authority, Set.of())
                        .offersOfflineAccess())
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_AbCdEf, logout_uri",
        "https://cognito-idp.us-gov-west-1.amazonaws.com/pool, logout_uri",
        "https://cognito-idp.eu-central-1.amazonaws.com, post_logout_redirect_uri",
        "https://cognito-idp.op.example/.amazonaws.com/pool, post_logout_redirect_uri",
        "https://op.amazonaws.com/pool, post_logout_redirect_uri",
        "https://op.example/https://cognito-idp.eu-central-1.amazonaws.com/pool, post_logout_redirect_uri",
        "https://op.example, post_logout_redirect_uri",
    })
    void postLogoutParameter_byIssuer(String issuer, String parameter) {
        Map<String, Object> document = document();
        document.put("issuer", issuer);

        assertThat(ProviderMetadata.parse(Json.write(document), Authority.of(issuer, AuthorityKind.OIDC), Set.of())
                        .postLogoutParameter())
                .isEqualTo(parameter);
    }

    @ParameterizedTest
    @ValueSource(strings = {"issuer", "authorization_endpoint", "token_endpoint", "jwks_uri"})
    void check_requiredMemberMissingEmptyOrNoText_isRefused(String member) {
        for (Object nonsense : new Object[] {"", 7, List.of("https://op.example")}) {
            Map<String, Object> document = document();
            document.put(member, nonsense);
            assertCode(Json.write(document), "openid_config_error");
        }
        Map<String, Object> document = document();
        document.remove(member);
        assertCode(Json.write(document), "openid_config_error");
    }

    @ParameterizedTest
    @CsvSource({
        "authorization_endpoint, http://op.example/authorize",
        "token_endpoint, http://op.example/token",
        "jwks_uri, http://op.example/keys",
        "jwks_uri, file:///etc/passwd",
        "token_endpoint, /token",
        "token_endpoint, 'https://op.example/a b'",
        "token_endpoint, https://user:pw@op.example/token",
        "authorization_endpoint, http://127.0.0.1:8080/authorize",
        "token_endpoint, http://localhost/token",
        "jwks_uri, 'http://[::1]/keys'",
    })
    void check_endpointNotHttps_isRefused(String member, String address) {
        Map<String, Object> document = document();
        document.put(member, address);

        assertCode(Json.write(document), "openid_config_error");
        assertThatThrownBy(() -> check(200, Json.write(document)))
                .hasMessageContaining("the metadata's " + member + " is not an https address");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://op.example/x",
                "http://127.0.0.1:8080/x",
                "http://localhost/x",
                "javascript:alert(1)",
                "/relative",
                "https://op.example/a b",
                "https://user:pw@op.example/x",
                "https://op.example/\u202e",
                ""
            })
    void check_optionalEndpointThatCannotBeUsed_countsAsAbsent(String address) {
        Map<String, Object> document = document();
        List.of("end_session_endpoint", "userinfo_endpoint", "revocation_endpoint", "device_authorization_endpoint")
                .forEach(member -> document.put(member, address));

        ProviderMetadata metadata = check(200, Json.write(document));

        assertThat(metadata.endSessionEndpoint()).isEmpty();
        assertThat(metadata.userInfoEndpoint()).isEmpty();
        assertThat(metadata.revocationEndpoint()).isEmpty();
        assertThat(metadata.deviceAuthorizationEndpoint()).isEmpty();
    }

    /** Named only when somebody needs it: the rest of the authority works. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "end_session_endpoint | \"/logout\" | the metadata's end_session_endpoint is not an https address",
                "device_authorization_endpoint | \"http://id.example.test/d\" | the metadata's"
                        + " device_authorization_endpoint is not an https address",
                "userinfo_endpoint | \"https://op.example/a b\" | the metadata's userinfo_endpoint is not an https address",
                "userinfo_endpoint | \"https://my_op.example/u\" | the metadata's userinfo_endpoint has a host with '_' in its name",
                "revocation_endpoint | 7 | the metadata's revocation_endpoint is no text",
                "revocation_endpoint | [\"https://op.example/r\"] | the metadata's revocation_endpoint is no text",
                "revocation_endpoint | {} | the metadata's revocation_endpoint is no text",
                "revocation_endpoint | null | the metadata has no revocation_endpoint",
                "revocation_endpoint | \"\" | the metadata has no revocation_endpoint",
            })
    void whyAbsent_optionalEndpoint_saysWhatIsWrong(String member, String json, String why) {
        String document = Json.write(document());
        ProviderMetadata metadata =
                check(200, document.substring(0, document.length() - 1) + ",\"" + member + "\":" + json + "}");

        assertThat(metadata.whyAbsent(member)).startsWith(why);
        assertThat(metadata.tokenEndpoint()).hasToString("https://op.example/token");
        assertThat(check(200, document).whyAbsent(member)).isEqualTo("the metadata has no " + member);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"response_modes_supported\":\"form_post\"",
                "\"response_modes_supported\":[7,null,{}]",
                "\"authorization_response_iss_parameter_supported\":\"yes\"",
                "\"scopes_supported\":{}",
                "\"code_challenge_methods_supported\":7",
                "\"service_documentation\":\"no address\"",
            })
    void check_optionalMemberOfAnotherType_countsAsAbsent(String members) {
        String document = Json.write(document());
        ProviderMetadata metadata = check(200, document.substring(0, document.length() - 1) + "," + members + "}");

        assertThat(metadata.issuerInResponse()).isFalse();
        assertThat(metadata.tokenEndpoint()).hasToString("https://op.example/token");
    }

    @Test
    void check_requiredMember_isCalledAbsentOrWrong() {
        Map<String, Object> document = document();
        document.put("jwks_uri", 7);
        assertThatThrownBy(() -> check(200, Json.write(document)))
                .hasMessageContaining("the metadata's jwks_uri is no text");
        document.remove("jwks_uri");
        assertThatThrownBy(() -> check(200, Json.write(document))).hasMessageContaining("lacks the member jwks_uri");
        document.put("jwks_uri", "https://my_op.example/keys");
        assertThatThrownBy(() -> check(200, Json.write(document)))
                .hasMessageContaining("the metadata's jwks_uri has a host with '_' in its name");
        document.put("issuer", 7);
        assertThatThrownBy(() -> check(200, Json.write(document)))
                .hasMessageContaining("the metadata's issuer is no text");
    }

    /** However long the names are. */
    @ParameterizedTest
    @ValueSource(ints = {1, 5_000})
    void check_otherIssuer_namesBothWaysOut(int length) {
        Map<String, Object> document = document();
        document.put("issuer", "https://other.example/" + "x".repeat(length));

        assertThatThrownBy(() -> check(200, Json.write(document)))
                .hasMessageContaining("https://other.example/x")
                .hasMessageContaining("not for https://op.example")
                .hasMessageContaining("name it as the authority")
                .hasMessageContaining("authorityMetadata")
                .hasMessageContaining("authority(address, kind)");
    }

    @Test
    void check_endpointBeyondAscii_isEncoded() {
        Map<String, Object> document = document();
        document.put("token_endpoint", "https://op.example/tök");

        assertThat(check(200, Json.write(document)).tokenEndpoint()).hasToString("https://op.example/t%C3%B6k");
    }

    @Test
    void check_issuerOfAMicrosoftKindOnLoopback_isRefusedForAnHttpsAuthority() {
        Map<String, Object> document = document();
        document.put("issuer", "http://127.0.0.1/x");
        Authority adfs = Authority.of("https://op.example/adfs", AuthorityKind.ADFS);

        assertThatThrownBy(() -> ProviderMetadata.parse(Json.write(document), adfs, Set.of("127.0.0.1")))
                .isInstanceOfSatisfying(
                        AuthException.class, e -> assertThat(e.errorCode()).isEqualTo("issuer_validation_failed"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://other.example",
                "http://op.example",
                "https://op.example.evil.example",
                "https://op.example/x"
            })
    void check_otherIssuer_isRefused(String issuer) {
        Map<String, Object> document = document();
        document.put("issuer", issuer);

        assertCode(Json.write(document), "issuer_validation_failed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<html>", "[]", "null", "{", "{\"issuer\":\"https://op.example\",\"issuer\":\"x\"}"})
    void check_noJsonObject_isRefused(String body) {
        assertCode(body, "openid_config_error");
    }

    @Test
    void check_loopbackAuthority_mayUseHttp() {
        Authority local = Authority.of("http://127.0.0.1:7/x");
        String json = Json.write(document()).replace("https://op.example", "http://127.0.0.1:7/x");

        assertThat(ProviderMetadata.parse(json, local, Set.of()).tokenEndpoint())
                .hasToString("http://127.0.0.1:7/x/token");
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 404, 500, 503})
    void check_otherStatus_isAServerFailure(int status) {
        assertThatThrownBy(() -> check(status, Json.write(document())))
                .isInstanceOfSatisfying(
                        ServerException.class, e -> assertThat(e.status()).contains(status));
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 307, 308})
    void check_redirect_isNotFollowed(int status) {
        assertThatThrownBy(() -> check(status, ""))
                .isInstanceOfSatisfying(ClientAuthException.class, e -> assertThat(e.errorCode())
                        .isEqualTo("unexpected_redirect"));
    }

    private static void assertCode(String body, String code) {
        assertThatThrownBy(() -> check(200, body))
                .isInstanceOf(ClientAuthException.class)
                .isInstanceOfSatisfying(AuthException.class, e -> {
                    assertThat(e.errorCode()).isEqualTo(code);
                    assertThat(e.correlationId()).contains("call-1");
                    assertThat(e.endpoint()).contains(AUTHORITY.metadataEndpoint());
                });
    }

    private static ProviderMetadata check(int status, String body) {
        return ProviderMetadata.check(new HttpAnswer(status, Map.of(), body), AUTHORITY, Set.of(), "call-1");
    }

    private static Map<String, Object> document() {
        Map<String, Object> document = new LinkedHashMap<>();
        document.put("issuer", "https://op.example");
        document.put("authorization_endpoint", "https://op.example/authorize");
        document.put("token_endpoint", "https://op.example/token");
        document.put("jwks_uri", "https://op.example/keys");
        return document;
    }
}
