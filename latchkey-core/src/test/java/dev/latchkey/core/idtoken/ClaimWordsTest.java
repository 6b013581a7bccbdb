package dev.latchkey.core.idtoken;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import dev.latchkey.core.Secret;
import dev.latchkey.core.discovery.IssuerRule;
import dev.latchkey.core.error.ClientAuthException;
import dev.latchkey.core.json.Json;
import dev.latchkey.core.json.JsonException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A refusal says what is wrong: what is absent is called absent, what has another type is called that. */
class ClaimWordsTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "sub | 7 | invalid_id_token | the ID token's sub is a number, and must be a string",
                "sub | true | invalid_id_token | the ID token's sub is a truth value, and must be a string",
                "sub | [\"ada\"] | invalid_id_token | the ID token's sub is no text, and must be a string",
                "sub | null | invalid_id_token | the ID token has no sub",
                "sub | \"\" | invalid_id_token | the ID token has no sub",
                "iss | null | id_token_issuer_mismatch | the ID token has no iss",
                "iss | 7 | id_token_issuer_mismatch | the ID token's iss is a number",
                "iss | \"https://b.example\" | id_token_issuer_mismatch | the ID token is from another issuer; expected"
                        + " https://op.example, got https://b.example",
                "aud | null | id_token_audience_mismatch | the ID token has no aud",
                "aud | \"other\" | id_token_audience_mismatch | the ID token is for another client",
                "azp | 7 | id_token_audience_mismatch | the ID token's azp is a number",
                "nonce | null | nonce_mismatch | the ID token has no nonce",
                "nonce | 7 | nonce_mismatch | the ID token's nonce is a number",
                "nonce | \"other\" | nonce_mismatch | the ID token answers another request",
                "exp | null | invalid_id_token | the ID token has no exp",
                "exp | \"soon\" | invalid_id_token | the ID token's exp is no time",
                "iat | null | invalid_id_token | the ID token has no iat",
                "iat | -1 | invalid_id_token | the ID token's iat is no time",
                "nbf | \"soon\" | invalid_id_token | the ID token's nbf is no time",
                "auth_time | null | auth_time_not_found | the ID token does not say when the person signed in",
                "auth_time | \"soon\" | auth_time_not_found | the ID token does not say when the person signed in",
                "at_hash | 7 | id_token_hash_mismatch | the ID token's at_hash is a number",
                "at_hash | \"x\" | id_token_hash_mismatch | the ID token does not belong to the access token",
                "acr | null | acr_mismatch | essential is one of [gold], got none",
                "acr | \"tin\" | acr_mismatch | essential is one of [gold], got tin",
            })
    void claim_absentOrWrong_isCalledThat(String claim, String json, String code, String words) throws JsonException {
        Map<String, Object> claims = claims();
        claims.put(claim, Json.parseObject("{\"v\":" + json + "}").asMap().get("v"));

        assertThatThrownBy(() -> verify(claims))
                .isInstanceOfSatisfying(ClientAuthException.class, e -> assertThat(e.errorCode())
                        .isEqualTo(code))
                .hasMessageContaining(words);
    }

    @Test
    void claims_thatAreRight_arePassed() {
        assertThat(verify(claims()).subject()).isEqualTo("ada");
    }

    private static VerifiedIdToken verify(Map<String, Object> claims) {
        IdTokenExpectations expected = IdTokenExpectations.builder(
                        new IssuerRule("https://op.example"), "client", "call-1")
                .nonce("n-1")
                .maxAge(Duration.ofHours(1))
                .accessToken(Secret.of("at"))
                .essentialAcrs(Set.of("gold"))
                .build();
        return IdTokenVerifier.verify(
                TestKeys.signed(JWSAlgorithm.RS256, TestKeys.RSA, claims), TestKeys.KEYS, expected, NOW);
    }

    private static Map<String, Object> claims() {
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", "https://op.example");
        claims.put("aud", List.of("client"));
        claims.put("azp", "client");
        claims.put("sub", "ada");
        claims.put("nonce", "n-1");
        claims.put("acr", "gold");
        claims.put("auth_time", NOW.getEpochSecond());
        claims.put("iat", NOW.getEpochSecond());
        claims.put("exp", NOW.getEpochSecond() + 3600);
        return claims;
    }
}
