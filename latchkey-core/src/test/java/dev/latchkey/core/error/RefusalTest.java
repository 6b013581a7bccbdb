package dev.latchkey.core.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What real authorities answer to a refresh token, and what that means for the token. */
class RefusalTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // RFC 6749 section 5.2: final
                "invalid_grant | | | 400 | ENDED",
                "invalid_grant | | Token is not active | 400 | ENDED",
                "invalid_grant | | Token has been expired or revoked. | 400 | ENDED",
                "invalid_grant | | expired access/refresh token | 400 | ENDED",
                "invalid_grant | | Unknown or invalid refresh token. | 403 | ENDED",
                "invalid_grant | | AADSTS700082: The refresh token has expired due to inactivity. | 400 | ENDED",
                "invalid_grant | | | 200 | ENDED",
                "invalid_grant | | | 499 | ENDED",
                // Entra ID
                "invalid_grant | bad_token | | 400 | BAD_TOKEN",
                "bad_token | | | 400 | BAD_TOKEN",
                "bad_token | message_only | | 400 | BAD_TOKEN",
                "interaction_required | bad_token | | 400 | BAD_TOKEN",
                "interaction_required | | AADSTS50076: you must use multi-factor authentication | 400 | INTERACTION",
                "invalid_grant | basic_action | | 400 | INTERACTION",
                "invalid_grant | message_only | | 400 | INTERACTION",
                "invalid_grant | additional_action | | 400 | INTERACTION",
                "invalid_grant | consent_required | | 400 | INTERACTION",
                "invalid_grant | user_password_expired | | 400 | INTERACTION",
                "invalid_grant | ui_not_allowed | | 400 | INTERACTION",
                "invalid_grant | interrupted_user | | 400 | INTERACTION",
                "invalid_grant | | Interaction_Required: sign in | 400 | INTERACTION",
                "invalid_grant | | bad_token | 400 | INTERACTION",
                "invalid_grant | | see mfa_required | 400 | INTERACTION",
                "invalid_grant | client_mismatch | | 400 | REQUEST",
                "invalid_grant | token_expired | | 400 | REQUEST",
                "invalid_grant | of_tomorrow | | 400 | REQUEST",
                // Google
                "invalid_grant | invalid_rapt | reauth related error | 400 | REQUEST",
                // Auth0
                "mfa_required | | Multifactor authentication required | 403 | INTERACTION",
                // OpenID Connect Core 3.1.2.6
                "login_required | | | 400 | INTERACTION",
                "consent_required | | | 400 | INTERACTION",
                "account_selection_required | | | 400 | INTERACTION",
                // Salesforce
                "invalid_grant | | token request is already being processed | 400 | LATER",
                "invalid_grant | | Token Request Is Already Being Processed | 400 | LATER",
                "invalid_grant | bad_token | token request is already being processed | 400 | BAD_TOKEN",
                "server_error | | token request is already being processed | 400 | OTHER",
                // Ory Hydra
                "token_inactive | | Token is inactive because it is malformed, expired or otherwise invalid. | 401 | ENDED",
                "token_inactive | | | 503 | LATER",
                "bad_refresh_token | | The refresh token passed is incorrect or expired. | 200 | ENDED",
                "invalid_request | | Failed to refresh token because of multiple concurrent requests using the same token"
                        + " which is not allowed. | 400 | LATER",
                // Zitadel
                "invalid_request | | Errors.OIDCSession.RefreshTokenInvalid | 400 | ENDED",
                "invalid_request | | Errors.User.RefreshToken.Invalid | 400 | ENDED",
                "invalid_request | other | Errors.OIDCSession.RefreshTokenInvalid | 400 | OTHER",
                "invalid_request | | Errors.User.Code.Invalid | 400 | OTHER",
                "invalid_request | | AADSTS900144: The request body must contain refresh_token | 400 | OTHER",
                // a server in trouble ends nothing
                "invalid_grant | | | 429 | LATER",
                "invalid_grant | | | 500 | LATER",
                "invalid_grant | | | 503 | LATER",
                "invalid_grant | bad_token | | 503 | LATER",
                "bad_token | | | 502 | LATER",
                "invalid_grant | basic_action | | 503 | INTERACTION",
                // nothing about the token
                "invalid_client | | | 401 | OTHER",
                "invalid_scope | | | 400 | OTHER",
                "unauthorized_client | | | 400 | OTHER",
                "temporarily_unavailable | | | 503 | OTHER",
                "E0000011 | | Invalid token provided | 401 | OTHER",
            })
    void refusal_byErrorSuberrorWordsAndStatus(
            String error, @Nullable String subError, @Nullable String description, int status, Refusal meaning) {
        assertThat(Refusal.of(error, subError, description, status)).isEqualTo(meaning);
        ErrorDetails details = new OAuthError(error, description, subError, null)
                .toException(ErrorDetails.of("", "").status(status))
                .details();
        assertThat(Refusal.of(details)).as("also of the exception").isEqualTo(meaning);
    }

    @Test
    void later_saysSo_andKeepsWhatTheAuthoritySaid() {
        AuthException busy = new OAuthError("invalid_grant", "token request is already being processed", null, null)
                .toException(ErrorDetails.of("", "").status(400));

        assertThat(busy).isInstanceOf(ServerException.class);
        assertThat(busy.errorCode()).isEqualTo("invalid_grant");
        assertThat(busy).hasMessageContaining("try again later").hasMessageContaining("already being processed");
        assertThat(busy.retryAfter()).contains(Duration.ofSeconds(5));
    }

    @Test
    void later_inVeryManyWords_isJudgedByAllOfThem() {
        AuthException busy = new OAuthError("invalid_grant", "x".repeat(2_000) + " already being processed", null, null)
                .toException(ErrorDetails.of("", "").status(400));

        assertThat(Refusal.of(busy.details())).isEqualTo(Refusal.LATER);
    }

    @Test
    void later_whereTheAuthoritySaysWhen_isThen() {
        ErrorDetails where = ErrorDetails.of("", "").status(400).retryAfter(Duration.ofSeconds(9));
        assertThat(new OAuthError("invalid_grant", "already being processed", null, null)
                        .toException(where)
                        .retryAfter())
                .contains(Duration.ofSeconds(9));
        assertThat(new OAuthError("invalid_grant", null, null, null)
                        .toException(ErrorDetails.of("", "").status(503))
                        .retryAfter())
                .as("the usual pause of such a status")
                .isEmpty();
    }

    @Test
    void secondFactor_ofAuth0_asksThePerson() {
        AuthException error = new OAuthError("mfa_required", "Multifactor authentication required", null, null)
                .toException(ErrorDetails.of("", "").status(403));

        assertThat(error).isInstanceOf(InteractionRequiredAuthException.class);
        assertThat(error.errorCode()).isEqualTo(ErrorCodes.MFA_REQUIRED);
    }
}
