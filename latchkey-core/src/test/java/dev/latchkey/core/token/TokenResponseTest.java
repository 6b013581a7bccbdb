package dev.latchkey.core.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.core.Scopes;
import dev.latchkey.core.Secret;
import dev.latchkey.core.error.AuthException;
import dev.latchkey.core.error.ClientAuthException;
import dev.latchkey.core.error.ErrorDetails;
import dev.latchkey.core.error.InteractionRequiredAuthException;
import dev.latchkey.core.error.ServerException;
import dev.latchkey.core.http.HttpAnswer;
import dev.latchkey.core.json.Json;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenResponseTest {
    private static final URI ENDPOINT = URI.create("https://op.example/token");
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final String LEAST = "\"access_token\":\"at\",\"token_type\":\"bearer\"";

    @Test
    void check_everyMember_isRead() {
        TokenResponse answer = check(
                200,
                "{" + LEAST
                        + ",\"expires_in\":3600,\"ext_expires_in\":\"7200\",\"refresh_in\":1800,\"refresh_token\":\"rt\","
                        + "\"refresh_token_expires_in\":86400,\"scope\":\"a b\",\"id_token\":\"x.y.z\","
                        + "\"client_info\":\"ci\",\"foci\":\"1\",\"unknown\":[{}]}");

        assertThat(answer.accessToken().reveal()).isEqualTo("at");
        assertThat(answer.expiresIn()).isEqualTo(Duration.ofHours(1));
        assertThat(answer.extendedExpiresIn()).isEqualTo(Duration.ofHours(2));
        assertThat(answer.refreshIn()).isEqualTo(Duration.ofMinutes(30));
        assertThat(answer.refreshToken()).extracting(s -> s.reveal()).isEqualTo("rt");
        assertThat(answer.refreshTokenExpiresIn()).isEqualTo(Duration.ofDays(1));
        assertThat(answer.scope()).isEqualTo(Scopes.of("a", "b"));
        assertThat(answer.idToken()).isNotNull();
        assertThat(answer.familyId()).isEqualTo("1");
    }

    @Test
    void check_leastAnswer_leavesTheRestOpen() {
        TokenResponse answer = check(200, "{" + LEAST + ",\"scope\":\" \",\"refresh_token\":\"\"}");

        assertThat(answer.expiresIn()).as("the default").isEqualTo(Duration.ofMinutes(50));
        assertThat(answer.scope()).isNull();
        assertThat(answer.refreshToken()).isNull();
        assertThat(answer.idToken()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "3600, 3600",
        "'\"3600\"', 3600",
        "3599.9, 3599",
        "1e3, 1000",
        "0, 0",
        "-1, 0",
        "'\"-5\"', 0",
        "'\"soon\"', 3000",
        "null, 3000",
        "[3600], 3000",
        "1e400, 3000",
        "99999999999999999999, 3000",
        "999999999999, 315360000",
    })
    void check_expiresIn_nonsenseIsTheDefaultAndEternityIsBounded(String json, long seconds) {
        assertThat(check(200, "{" + LEAST + ",\"expires_in\":" + json + "}").expiresIn())
                .isEqualTo(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<html>",
                "null",
                "[]",
                "\"at\"",
                "{",
                "{}",
                "{\"access_token\":\"at\"}",
                "{\"token_type\":\"Bearer\"}",
                "{\"access_token\":\"\",\"token_type\":\"Bearer\"}",
                "{\"access_token\":null,\"token_type\":\"Bearer\"}",
                "{\"access_token\":7,\"token_type\":\"Bearer\"}",
                "{\"access_token\":[\"at\"],\"token_type\":\"Bearer\"}",
                "{\"access_token\":{\"token\":\"at\"},\"token_type\":\"Bearer\"}",
                "{\"data\":{\"access_token\":\"at\",\"token_type\":\"Bearer\"}}",
                "{\"access_token\":\"at\",\"access_token\":\"other\",\"token_type\":\"Bearer\"}",
                "{\"access_token\":\"a\\r\\nX-Evil: 1\",\"token_type\":\"Bearer\"}",
                "{\"access_token\":\"a\\u0000\",\"token_type\":\"Bearer\"}",
                "{\"access_token\":\"\u00e4\",\"token_type\":\"Bearer\"}",
            })
    void check_unusableBody_isRefusedAndNotQuoted(String body) {
        assertThatThrownBy(() -> check(200, body)).isInstanceOfSatisfying(ClientAuthException.class, e -> {
            assertThat(e.errorCode()).isEqualTo("failed_to_parse_response");
            assertThat(e.status()).contains(200);
            assertThat(e.correlationId()).contains("call-1");
        });
    }

    @Test
    void check_everyVisibleCharacter_isOneOfAToken() {
        StringBuilder all = new StringBuilder();
        for (char c = ' '; c <= '~'; c++) {
            all.append(c);
        }

        assertThat(check(200, Json.write(Map.of("access_token", all.toString(), "token_type", "Bearer")))
                        .accessToken()
                        .reveal())
                .isEqualTo(all.toString());
        for (String outside : List.of("\u001f", "\u007f")) {
            assertThatThrownBy(
                            () -> check(200, Json.write(Map.of("access_token", "a" + outside, "token_type", "Bearer"))))
                    .isInstanceOf(ClientAuthException.class);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "200 | {\"access_token\":\"at\",\"refresh_token\":\"rt\"} | true | rt",
                "200 | {\"refresh_token\":\"rt\"} | true | rt",
                "200 | {\"refresh_token\":\"\"} | true |",
                "200 | {} | true |",
                "200 | {\"access_token\": | true |",
                "200 | {\"error\":\"invalid_grant\"} | false |",
                "200 | <html> | false |",
                "400 | {} | false |",
                "400 | {\"access_token\": | false |",
            })
    void isGrant_anyAnswer_tellsWhetherSomethingWasSpent(int status, String body, boolean grant, String refreshToken) {
        HttpAnswer answer = new HttpAnswer(status, Map.of(), body);

        assertThat(TokenResponse.isGrant(answer)).isEqualTo(grant);
        Secret found = TokenResponse.refreshTokenIn(answer);
        assertThat(found == null ? null : found.reveal()).isEqualTo(refreshToken);
    }

    @ParameterizedTest
    @CsvSource({"299, false", "300, true", "399, true", "400, false"})
    void toException_status_isARedirectOrNot(int status, boolean redirect) {
        assertThat(ErrorAnswer.toException(new HttpAnswer(status, Map.of(), ""), ErrorDetails.of("", ""), NOW)
                        .errorCode()
                        .equals("unexpected_redirect"))
                .isEqualTo(redirect);
    }

    /** Azure AD B2C, to a code for openid alone. */
    @ParameterizedTest
    @CsvSource({"openid", "openid offline_access", "OpenID profile email address phone offline_access"})
    void check_noAccessTokenWhereNobodyAskedForOne_isAnAnswer(String requested) {
        TokenResponse answer = check(
                new HttpAnswer(200, Map.of(), "{\"id_token\":\"x.y.z\",\"not_before\":1,\"refresh_token\":\"rt\"}"),
                Scopes.parse(requested));

        assertThat(answer.accessToken()).isNull();
        assertThat(answer.idToken()).isNotNull();
        assertThat(answer.refreshToken()).isNotNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "openid read | {\"id_token\":\"x.y.z\",\"token_type\":\"Bearer\"} | lacks the member access_token",
                "profile | {\"id_token\":\"x.y.z\",\"token_type\":\"Bearer\"} | lacks the member access_token",
                "openid | {\"token_type\":\"Bearer\"} | lacks the member access_token",
                "openid | {\"id_token\":\"x.y.z\",\"access_token\":7,\"token_type\":\"Bearer\"} | access_token of the token answer is no text",
                "openid | {\"id_token\":\"x.y.z\",\"access_token\":\"at\"} | lacks the member token_type",
            })
    void check_noAccessTokenWhereOneIsNeeded_isRefused(String requested, String body, String words) {
        assertThatThrownBy(() -> check(new HttpAnswer(200, Map.of(), body), Scopes.parse(requested)))
                .isInstanceOfSatisfying(ClientAuthException.class, e -> assertThat(e.errorCode())
                        .isEqualTo("failed_to_parse_response"))
                .hasMessageContaining(words);
    }

    /** Slack. */
    @Test
    void check_scopesSeparatedByCommas_areRead() {
        TokenResponse answer = check(
                new HttpAnswer(200, Map.of(), "{" + LEAST + ",\"scope\":\"channels:read,users:read\"}"),
                Scopes.of("channels:read", "users:read"));

        assertThat(answer.scope()).isEqualTo(Scopes.of("channels:read", "users:read"));
    }

    @Test
    void check_hugeAndNested_isRefused() {
        String huge = "{" + LEAST + ",\"x\":\"" + "x".repeat(Json.MAX_LENGTH) + "\"}";
        String nested = "{" + LEAST + ",\"x\":" + "[".repeat(5_000) + "]".repeat(5_000) + "}";

        assertThatThrownBy(() -> check(200, huge)).isInstanceOf(ClientAuthException.class);
        assertThatThrownBy(() -> check(200, nested)).isInstanceOf(ClientAuthException.class);
    }

    @Test
    void check_truncatedAnywhere_isRefused() {
        String body = "{" + LEAST + ",\"expires_in\":3600}";
        for (int length = 0; length < body.length(); length++) {
            String truncated = body.substring(0, length);
            assertThatThrownBy(() -> check(200, truncated))
                    .isInstanceOf(ClientAuthException.class)
                    .hasMessageNotContaining("\"at\"");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"DPoP", "mac", "N_A", "Bearer "})
    void check_typeThatWasNotAskedFor_isRefused(String type) {
        assertThatThrownBy(() -> check(200, "{\"access_token\":\"at\",\"token_type\":\"" + type + "\"}"))
                .isInstanceOfSatisfying(ClientAuthException.class, e -> assertThat(e.errorCode())
                        .isEqualTo("unsupported_token_type"));
    }

    @ParameterizedTest
    @CsvSource({
        "400, invalid_grant, , invalid_grant, server",
        "400, invalid_grant, bad_token, invalid_grant, person",
        "400, invalid_grant, consent_required, invalid_grant, person",
        "400, interaction_required, , interaction_required, person",
        "401, invalid_client, , invalid_client, server",
        "400, consent_required, , consent_required, person",
        "400, login_required, , login_required, person",
        "200, invalid_grant, , invalid_grant, server",
        "503, temporarily_unavailable, , temporarily_unavailable, server",
    })
    void check_oauthError_meansWhatItSays(int status, String error, String sub, String code, String whoActs) {
        String body = Json.write(
                sub == null
                        ? Map.of("error", error, "error_description", "because")
                        : Map.of("error", error, "suberror", sub, "error_description", "because", "claims", "{}"));

        assertThatThrownBy(() -> check(status, body)).isInstanceOfSatisfying(AuthException.class, e -> {
            assertThat(e.errorCode()).isEqualTo(code);
            assertThat(e.status()).contains(status);
            assertThat(e.subError()).isEqualTo(java.util.Optional.ofNullable(sub));
            assertThat(e).hasMessageContaining("because");
            assertThat(e)
                    .isInstanceOf(
                            whoActs.equals("person") ? InteractionRequiredAuthException.class : ServerException.class);
        });
    }

    @ParameterizedTest
    @CsvSource({
        "301, unexpected_redirect",
        "307, unexpected_redirect",
        "400, failed_to_parse_response",
        "404, failed_to_parse_response",
        "429, temporarily_unavailable",
        "500, server_error",
        "502, server_error",
        "503, temporarily_unavailable",
    })
    void check_statusWithoutOAuthError_hasACode(int status, String code) {
        for (String body : List.of("", "<html>MARKER", "{}", "{\"error\":\"\"}", "{\"error\":7}")) {
            assertThatThrownBy(() -> check(status, body)).isInstanceOfSatisfying(AuthException.class, e -> {
                assertThat(e.errorCode()).isEqualTo(code);
                assertThat(e).hasMessageNotContaining("MARKER");
            });
        }
    }

    @Test
    void check_retryAfter_isTold() {
        HttpAnswer answer = new HttpAnswer(429, Map.of("rETRY-aFTER", List.of("7")), "");

        assertThatThrownBy(() -> check(answer, Scopes.of("read")))
                .isInstanceOfSatisfying(
                        AuthException.class, e -> assertThat(e.retryAfter()).contains(Duration.ofSeconds(7)));
    }

    private static TokenResponse check(int status, String body) {
        return check(new HttpAnswer(status, Map.of(), body), Scopes.of("openid", "read"));
    }

    private static TokenResponse check(HttpAnswer answer, Scopes requested) {
        TokenRequest request = new TokenRequest(
                ENDPOINT, new DeviceCodeGrant(Secret.of("dc")), requested, null, null, false, "call-1", Map.of());
        return TokenResponse.check(answer, request, Duration.ofMinutes(50), NOW);
    }
}
