package dev.latchkey.core.token;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.PrintableText;
import dev.latchkey.core.error.AuthException;
import dev.latchkey.core.error.ClientAuthException;
import dev.latchkey.core.error.ErrorDetails;
import dev.latchkey.core.error.ServerException;
import dev.latchkey.core.http.HttpAnswer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What authorities and gateways say in other words than those of OAuth. */
class ErrorWordsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                // OAuth
                "{\"error\":\"invalid_client\",\"error_description\":\"no secret\"} | invalid_client | no secret",
                "{\"error\":\"invalid_client\",\"message\":\"no secret\"} | invalid_client | no secret",
                "{\"error\":\"invalid_client\"} | invalid_client | gave no description",
                "{\"error\":\"invalid_client\",\"error_description\":7} | invalid_client | gave no description",
                // Okta
                "{\"errorCode\":\"E0000011\",\"errorSummary\":\"Invalid token provided\",\"errorCauses\":[]} | E0000011"
                        + " | Invalid token provided",
                // Microsoft Graph
                "{\"error\":{\"code\":\"InvalidAuthenticationToken\",\"message\":\"Access token is empty.\"}}"
                        + " | InvalidAuthenticationToken | Access token is empty.",
                // Google
                "{\"error\":{\"code\":401,\"message\":\"Invalid Credentials\",\"status\":\"UNAUTHENTICATED\"}}"
                        + " | UNAUTHENTICATED | Invalid Credentials",
                // Facebook
                "{\"error\":{\"message\":\"Bad code\",\"type\":\"OAuthException\",\"code\":100}} | OAuthException | Bad code",
                "{\"error\":{\"message\":\"Bad code\",\"code\":100}} | 100 | Bad code",
                // others
                "{\"errors\":[{\"code\":\"no_such_user\",\"message\":\"nobody\"},{\"code\":\"b\"}]} | no_such_user | nobody",
                "{\"code\":\"invalid_token\",\"message\":\"gone\"} | invalid_token | gone",
                "{\"error_code\":\"invalid_token\",\"error_message\":\"gone\"} | invalid_token | gone",
                // words without a code
                "{\"message\":\"Forbidden\"} | failed_to_parse_response | HTTP 400 without an OAuth error; is this its"
                        + " address?: Forbidden",
                "{\"code\":400,\"message\":\"Forbidden\"} | failed_to_parse_response | : Forbidden",
                "{\"type\":\"about:blank\",\"title\":\"Not here\",\"status\":400} | failed_to_parse_response | : Not here",
                "{\"error\":{\"message\":\"odd\"}} | failed_to_parse_response | : odd",
                "no such realm | failed_to_parse_response | : no such realm",
            })
    void error_inAnyForm_hasItsCodeAndWords(String body, String code, String words) {
        AuthException error = error(400, body);

        assertThat(error.errorCode()).isEqualTo(code);
        assertThat(error).hasMessageContaining(words);
        assertThat(error)
                .isInstanceOf(
                        code.equals("failed_to_parse_response") ? ClientAuthException.class : ServerException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<html><body>MARKER</body></html>",
                "  \n<!DOCTYPE html>MARKER",
                "{\"error\":\"MARKER",
                "[\"MARKER\"]",
                "\"MARKER\"",
                "{\"error\":true,\"MARKER\":1}",
                "{\"error\":[\"MARKER\"]}",
                "{\"error\":{\"code\":{\"MARKER\":1}}}",
                "{\"errors\":\"MARKER\"}",
                "{\"message\":[\"MARKER\"]}",
            })
    void body_thatSaysNothingInWords_isNotShown(String body) {
        AuthException error = error(400, body);

        assertThat(error.errorCode()).isEqualTo("failed_to_parse_response");
        assertThat(error).hasMessageEndingWith("is this its address?").hasMessageNotContaining("MARKER");
    }

    @Test
    void text_ofAPageForBrowsers_isNotShown() {
        HttpAnswer page =
                new HttpAnswer(502, Map.of("Content-Type", List.of("Text/HTML; charset=utf-8")), "Bad gateway MARKER");

        AuthException error = ErrorAnswer.toException(page, ErrorDetails.of("", ""), Instant.EPOCH);
        assertThat(error.errorCode()).isEqualTo("server_error");
        assertThat(error).hasMessageNotContaining("MARKER");
    }

    @Test
    void text_ofAServerInTrouble_isShown() {
        assertThat(error(503, "upstream connect error")).hasMessageContaining("upstream connect error");
        assertThat(error(429, "{\"errorCode\":\"E0000047\",\"errorSummary\":\"API call exceeded rate limit\"}"))
                .isInstanceOf(ServerException.class)
                .hasMessageContaining("API call exceeded rate limit");
    }

    /** Printable, bounded, and no word that could be a token somebody quotes. */
    @Test
    void words_fromOutside_areTamed() {
        String token = "eyJ" + "x".repeat(200);
        for (String body : List.of(
                "your token " + token + " is bad\u001b[2J\r\nINFO all is well" + " word".repeat(10_000),
                "{\"message\":\"your token " + token + " is bad\\u001b[2J\\r\\nINFO\"}",
                "{\"error\":{\"message\":\"your token " + token + " is bad\\u001b[2J\"}}")) {
            AuthException error = error(400, body);

            assertThat(error).hasMessageContaining("your token … is bad").hasMessageNotContaining("eyJxx");
            assertThat(error.getMessage()).hasSizeLessThan(500);
            assertThat(PrintableText.isPrintable(error.getMessage())).isTrue();
        }
    }

    /** OpenID Connect Core 5.3.3: the user info endpoint answers as an API does. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "Bearer error=\"invalid_token\", error_description=\"The access token expired\" | | invalid_token"
                        + " | The access token expired",
                "Bearer realm=\"x\", error=\"insufficient_scope\" | nothing here | insufficient_scope | no description",
                "Bearer error=\"invalid_token\" | {\"error\":\"of_the_body\"} | of_the_body | no description",
                "Bearer realm=\"x\" | nothing here | failed_to_parse_response | : nothing here",
                "Basic realm=\"x\" | nothing here | failed_to_parse_response | : nothing here",
            })
    void error_inTheChallenge_isRead(String challenge, @Nullable String body, String code, String words) {
        AuthException error = ErrorAnswer.toException(
                new HttpAnswer(401, Map.of("WWW-Authenticate", List.of(challenge)), body == null ? "" : body),
                ErrorDetails.of("", ""),
                Instant.EPOCH);

        assertThat(error.errorCode()).isEqualTo(code);
        assertThat(error).hasMessageContaining(words);
    }

    @Test
    void suberror_ofGoogle_isRead() {
        assertThat(error(400, "{\"error\":\"invalid_grant\",\"error_subtype\":\"invalid_rapt\"}")
                        .subError())
                .contains("invalid_rapt");
    }

    private static AuthException error(int status, String body) {
        return ErrorAnswer.toException(new HttpAnswer(status, Map.of(), body), ErrorDetails.of("", ""), Instant.EPOCH);
    }
}
