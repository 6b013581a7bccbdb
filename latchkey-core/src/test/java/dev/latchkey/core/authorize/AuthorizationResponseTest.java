package dev.latchkey.core.authorize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.core.discovery.IssuerRule;
import dev.latchkey.core.error.AuthException;
import dev.latchkey.core.error.BrowserAuthException;
import dev.latchkey.core.error.ClientAuthException;
import dev.latchkey.core.error.InteractionRequiredAuthException;
import dev.latchkey.core.error.ServerException;
import dev.latchkey.core.http.Parameters;
import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AuthorizationResponseTest {
    private static final URI ENDPOINT = URI.create("https://op.example/authorize?x=y");

    @ParameterizedTest
    @CsvSource({
        // what came, is iss promised, the failure's code; state comes first (RFC 6749 section 10.12)
        "code=c, false, state_not_found",
        "code=c&state=, false, state_not_found",
        "code=c&state=other, false, state_mismatch",
        "code=c&state=THE-STATE, false, state_mismatch",
        "code=c&state=the-state2, false, state_mismatch",
        "error=access_denied, false, state_not_found",
        "error=access_denied&state=forged, false, state_mismatch",
        // then iss (RFC 9207 section 2.4), before any error is believed
        "code=c&state=the-state, true, issuer_mismatch",
        "code=c&state=the-state&iss=, true, issuer_mismatch",
        "code=c&state=the-state&iss=https://evil.example, true, issuer_mismatch",
        "code=c&state=the-state&iss=https://evil.example, false, issuer_mismatch",
        "code=c&state=the-state&iss=https://op.example/, false, issuer_mismatch",
        "error=access_denied&state=the-state&iss=https://evil.example, false, issuer_mismatch",
        "error=access_denied&state=the-state, true, issuer_mismatch",
        // then the error, then the code
        "error=access_denied&state=the-state, false, access_denied",
        "error=access_denied&code=c&state=the-state, false, access_denied",
        "error=&state=the-state, false, server_error",
        "state=the-state, false, authorization_code_missing_from_server_response",
        "code=&state=the-state, false, authorization_code_missing_from_server_response",
    })
    void check_brokenAnswer_isRefused(String answer, boolean promised, String code) {
        assertThatThrownBy(() -> check(answer, promised)).isInstanceOfSatisfying(AuthException.class, e -> {
            assertThat(e.errorCode()).isEqualTo(code);
            assertThat(e.correlationId()).contains("call-1");
            assertThat(e.endpoint()).hasValueSatisfying(at -> assertThat(at).hasNoQuery());
        });
    }

    @Test
    void check_goodAnswer_givesTheCode() {
        assertThat(check("code=c1&state=the-state", false).code().reveal()).isEqualTo("c1");
        assertThat(check("state=the-state&iss=https://op.example&code=c1", true)
                        .code()
                        .reveal())
                .isEqualTo("c1");
    }

    @ParameterizedTest
    @CsvSource({
        "code=a&code=b&state=the-state",
        "code=a&state=the-state&state=the-state",
        "state=x&code=a&state=the-state"
    })
    void decode_repeatedParameter_isRefusedBeforeAnyCheck(String answer) {
        assertThatThrownBy(() -> Parameters.decode(answer)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void check_errorAnswers_haveTheTypeOfWhoHasToAct() {
        assertThatThrownBy(() -> check("error=login_required&state=the-state", false))
                .isInstanceOf(InteractionRequiredAuthException.class);
        assertThatThrownBy(() -> check("error=x&suberror=user_cancelled&state=the-state", false))
                .isInstanceOf(BrowserAuthException.class);
        assertThatThrownBy(() -> check("error=temporarily_unavailable&state=the-state", false))
                .isInstanceOf(ServerException.class);
        assertThatThrownBy(() -> check("code=c&state=the-state&iss=https://evil.example", false))
                .isInstanceOf(ClientAuthException.class);
    }

    @Test
    void check_hostileDescription_cannotWriteLinesOfItsOwn() {
        assertThatThrownBy(() -> check(
                        "error=a%0d%0ab&suberror=c%0ad&state=the-state&error_description=x%0d%0aERROR+forged%E2%80%A8"
                                + "y".repeat(5_000),
                        false))
                .isInstanceOfSatisfying(AuthException.class, e -> {
                    assertThat(e.getMessage()).hasLineCount(1).hasSizeLessThan(1_500);
                    assertThat(e.errorCode()).isEqualTo("a b");
                    assertThat(e.subError()).contains("c d");
                });
    }

    @Test
    void toString_codeAndState_areNotShown() {
        assertThat(check("code=MARKER&state=the-state", false)).asString().doesNotContain("MARKER");
        assertThat(expected(true)).asString().doesNotContain("the-state");
    }

    private static AuthorizationResponse check(String answer, boolean issuerPromised) {
        return AuthorizationResponse.check(Parameters.decode(answer), expected(issuerPromised));
    }

    private static AuthorizationExpectations expected(boolean issuerPromised) {
        return new AuthorizationExpectations(
                "the-state", new IssuerRule("https://op.example"), issuerPromised, ENDPOINT, "call-1");
    }
}
