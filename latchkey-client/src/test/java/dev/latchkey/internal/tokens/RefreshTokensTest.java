package dev.latchkey.internal.tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.core.Secret;
import dev.latchkey.core.cache.RefreshTokenEntry;
import dev.latchkey.core.error.AuthException;
import dev.latchkey.core.error.ClientAuthException;
import dev.latchkey.core.error.ErrorCodes;
import dev.latchkey.core.error.ErrorDetails;
import dev.latchkey.core.error.InteractionRequiredAuthException;
import dev.latchkey.core.error.OAuthError;
import dev.latchkey.core.error.ServerException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a refusal says about the refresh token that was sent. */
class RefreshTokensTest {
    @ParameterizedTest
    @CsvSource({
        "server, invalid_grant,        ,                  true,  true,  false",
        "server, invalid_grant,        bad_token,         true,  true,  false",
        "server, invalid_grant,        client_mismatch,   true,  false, false",
        "server, bad_token,            ,                  true,  true,  false",
        "server, bad_token,            message_only,      true,  true,  false",
        "server, interaction_required, bad_token,         true,  true,  false",
        "server, interaction_required, ,                  false, false, false",
        "server, invalid_scope,        ,                  false, false, true",
        "person, invalid_grant,        ,                  true,  false, false",
        "person, invalid_grant,        consent_required,  true,  false, false",
        "person, invalid_scope,        ,                  false, false, false",
        "client, invalid_grant,        ,                  false, false, false",
        "client, invalid_scope,        ,                  false, false, false"
    })
    void refusal_byCodeAndSuberror(
            String source, String code, String subError, boolean isRefused, boolean isDead, boolean exceedsGrant) {
        AuthException error = error(source, code, subError);

        assertThat(RefreshTokens.isRefused(error)).isEqualTo(isRefused);
        assertThat(RefreshTokens.isDead(error)).isEqualTo(isDead);
        assertThat(RefreshTokens.exceedsGrant(error)).isEqualTo(exceedsGrant);
    }

    /** As real authorities word it, through the exception that the engine sees. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "invalid_grant | token request is already being processed | 400 | false | false",
                "invalid_grant | down | 503 | false | false",
                "invalid_grant | Token is not active | 400 | true | true",
                "invalid_grant | AADSTS65001: consent_required | 400 | true | false",
                "mfa_required | Multifactor authentication required | 403 | false | false",
                "invalid_client | no | 401 | false | false",
            })
    void refusal_inTheWordsOfAnAuthority(
            String code, String description, int status, boolean isRefused, boolean isDead) {
        AuthException error = new OAuthError(code, description, null, null)
                .toException(ErrorDetails.of("", "").status(status));

        assertThat(RefreshTokens.isRefused(error)).isEqualTo(isRefused);
        assertThat(RefreshTokens.isDead(error)).isEqualTo(isDead);
    }

    /** A message has the beginning of a description, and the error was judged by all of it. */
    @Test
    void refusal_inVeryManyWords_isJudgedByAllOfThem() {
        AuthException error = new OAuthError("invalid_grant", "x".repeat(2_000) + " login_required", null, null)
                .toException(ErrorDetails.of("", "").status(400));

        assertThat(error).isInstanceOf(InteractionRequiredAuthException.class);
        assertThat(RefreshTokens.isDead(error)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"1, client_mismatch, true", "1, bad_token, false", "1, , false", ", client_mismatch, false"})
    void familyRefusal_isOfAFamilysTokenAndTheSuberror(String family, String subError, boolean isFamilyRefusal) {
        RefreshTokenEntry used = new RefreshTokenEntry("client", family, Secret.of("secret"), null);

        assertThat(RefreshTokens.isFamilyRefusal(used, error("server", "invalid_grant", subError)))
                .isEqualTo(isFamilyRefusal);
    }

    @Test
    void required_ofNone_asksThePerson() {
        assertThatThrownBy(() -> RefreshTokens.required(null, "call-1"))
                .isInstanceOfSatisfying(InteractionRequiredAuthException.class, e -> {
                    assertThat(e.errorCode()).isEqualTo(ErrorCodes.NO_TOKENS_FOUND);
                    assertThat(e.correlationId()).contains("call-1");
                });
        RefreshTokenEntry token = new RefreshTokenEntry("client", null, Secret.of("mine"), null);
        assertThat(RefreshTokens.required(token, "call-1")).isSameAs(token);
    }

    @Test
    void personRequired_keepsWhatTheServerSaid() {
        AuthException asked = error("person", "login_required", null);
        assertThat(RefreshTokens.asPersonRequired(asked)).isSameAs(asked);

        AuthException refused = error("server", "invalid_grant", "bad_token");
        AuthException required = RefreshTokens.asPersonRequired(refused);
        assertThat(required.errorCode()).isEqualTo("invalid_grant");
        assertThat(required.subError()).contains("bad_token");
        assertThat(required).hasCause(refused);
    }

    private static AuthException error(String source, String code, String subError) {
        ErrorDetails details = ErrorDetails.of(code, "no").subError(subError);
        return switch (source) {
            case "server" -> new ServerException(details);
            case "person" -> new InteractionRequiredAuthException(details);
            default -> new ClientAuthException(details);
        };
    }
}
