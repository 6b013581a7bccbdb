package dev.latchkey.core.idtoken;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import dev.latchkey.core.Secret;
import dev.latchkey.core.discovery.IssuerRule;
import dev.latchkey.core.error.ClientAuthException;
import dev.latchkey.core.json.Json;
import dev.latchkey.core.json.JsonException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** OpenID Connect Core 5.3.2: user info that is a JWT. */
class SignedUserInfoTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final IdTokenExpectations EXPECTED = IdTokenExpectations.builder(
                    new IssuerRule("https://op.example"), "client", "call-1")
            .build();

    @Test
    void userInfo_ofTheIssuerForThisClient_isRead() {
        Map<String, Object> claims = claims();
        assertThat(verify(claims).string("email")).isEqualTo("a@b");
        claims.put("aud", List.of("other", "client"));
        assertThat(verify(claims).string("sub")).as("it may be for others too").isEqualTo("ada");
        claims.put("exp", NOW.getEpochSecond() + 60);
        assertThat(verify(claims).string("sub")).isEqualTo("ada");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "iss | null | id_token_issuer_mismatch | the user info has no iss",
                "iss | \"https://b.example\" | id_token_issuer_mismatch | the user info is from another issuer",
                "aud | null | id_token_audience_mismatch | the user info has no aud",
                "aud | \"other\" | id_token_audience_mismatch | the user info is for another client",
                "aud | [\"client\",7] | id_token_audience_mismatch | the user info is for another client",
                "exp | 1 | id_token_expired | the user info expired",
                "exp | \"soon\" | invalid_id_token | the user info's exp is no time",
            })
    void userInfo_thatDoesNotAgree_isRefused(String claim, String json, String code, String words)
            throws JsonException {
        Map<String, Object> claims = claims();
        claims.put(claim, Json.parseObject("{\"v\":" + json + "}").asMap().get("v"));

        assertThatThrownBy(() -> verify(claims))
                .isInstanceOfSatisfying(ClientAuthException.class, e -> assertThat(e.errorCode())
                        .isEqualTo(code))
                .hasMessageContaining(words);
    }

    @Test
    void userInfo_ofAStranger_isRefused() {
        assertRefused(TestKeys.signed(JWSAlgorithm.RS256, TestKeys.STRANGER, claims()), "id_token_signature_invalid");
        assertRefused(TestKeys.signed(JWSAlgorithm.RS256, TestKeys.rsa("unknown"), claims()), "id_token_key_not_found");
    }

    @ParameterizedTest
    @ValueSource(strings = {"eyJhbGciOiJub25lIn0.e30.", "{\"sub\":\"ada\"}", "a.b.c.d.e", "x"})
    void userInfo_thatIsNotSigned_isRefused(String text) {
        assertRefused(new RawIdToken(Secret.of(text)), "invalid_id_token");
    }

    /** RFC 8725 section 3.11. */
    @Test
    void userInfo_ofAnotherType_isRefused() {
        JWSHeader header = new JWSHeader.Builder(JWSAlgorithm.RS256)
                .keyID("rsa-1")
                .type(new JOSEObjectType("at+jwt"))
                .build();
        assertRefused(TestKeys.signed(header, TestKeys.RSA, Json.write(claims())), "invalid_id_token");
    }

    private static void assertRefused(RawIdToken token, String code) {
        assertThatThrownBy(() -> IdTokenVerifier.verifyUserInfo(token, TestKeys.KEYS, EXPECTED, NOW))
                .isInstanceOfSatisfying(ClientAuthException.class, e -> assertThat(e.errorCode())
                        .isEqualTo(code));
    }

    private static dev.latchkey.core.json.JsonObject verify(Map<String, Object> claims) {
        return IdTokenVerifier.verifyUserInfo(
                TestKeys.signed(JWSAlgorithm.RS256, TestKeys.RSA, claims), TestKeys.KEYS, EXPECTED, NOW);
    }

    private static Map<String, Object> claims() {
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", "https://op.example");
        claims.put("aud", "client");
        claims.put("sub", "ada");
        claims.put("email", "a@b");
        return claims;
    }
}
