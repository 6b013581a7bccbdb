package dev.latchkey.core.authorize;

import dev.latchkey.core.Secret;
import dev.latchkey.core.error.AuthException;
import dev.latchkey.core.error.ClientAuthException;
import dev.latchkey.core.error.ErrorCodes;
import dev.latchkey.core.error.ErrorDetails;
import dev.latchkey.core.error.OAuthError;
import dev.latchkey.core.http.Parameters;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;

/** An answer to an authorization request that passed every check; only {@link #check} makes one. */
public final class AuthorizationResponse {
    private final Secret code;

    private AuthorizationResponse(Secret code) {
        this.code = code;
    }

    /** The code to redeem, once. */
    public Secret code() {
        return code;
    }

    /**
     * Checks an answer, in this order: {@code state} (RFC 6749 section 10.12), {@code iss} (RFC 9207 section 2.4), error
     * (RFC 6749 section 4.1.2.1), code. The state comes first so that nobody can inject an error either.
     *
     * @param parameters what came back
     * @param expected what was sent and who it was sent to
     * @return the believed answer
     * @throws AuthException {@link ClientAuthException} if a rule is broken, else what the authority's error means
     */
    public static AuthorizationResponse check(Parameters parameters, AuthorizationExpectations expected) {
        checkState(parameters.get("state"), expected);
        checkIssuer(parameters.get("iss"), expected);
        checkError(parameters, expected);
        String code = parameters.get("code");
        if (code == null || code.isEmpty()) {
            throw broken(
                    expected,
                    ErrorCodes.AUTHORIZATION_CODE_MISSING,
                    "the authority sent neither a code nor an error; ask its operator");
        }
        return new AuthorizationResponse(Secret.of(code));
    }

    private static void checkState(@Nullable String state, AuthorizationExpectations expected) {
        if (state == null || state.isEmpty()) {
            throw broken(expected, ErrorCodes.STATE_NOT_FOUND, "the answer has no state; it was not used");
        }
        boolean equal = MessageDigest.isEqual(
                state.getBytes(StandardCharsets.UTF_8), expected.state().getBytes(StandardCharsets.UTF_8));
        if (!equal) {
            throw broken(
                    expected,
                    ErrorCodes.STATE_MISMATCH,
                    "the answer belongs to another request, or somebody forged it; it was not used");
        }
    }

    private static void checkIssuer(@Nullable String issuer, AuthorizationExpectations expected) {
        if (issuer == null) {
            if (expected.issuerRequired()) {
                throw broken(
                        expected,
                        ErrorCodes.ISSUER_MISMATCH,
                        "the authority promises an iss parameter (RFC 9207), but the answer has none");
            }
        } else if (!expected.issuer().accepts(issuer)) {
            throw broken(
                    expected,
                    ErrorCodes.ISSUER_MISMATCH,
                    "the answer comes from another issuer (RFC 9207); expected " + expected.issuer());
        }
    }

    private static void checkError(Parameters parameters, AuthorizationExpectations expected) {
        String error = parameters.get("error");
        String subError = parameters.get("suberror");
        if (error == null && subError == null) {
            return;
        }
        OAuthError oauth = new OAuthError(
                error == null || error.isBlank() ? "server_error" : error,
                parameters.get("error_description"),
                subError,
                parameters.get("claims"));
        throw oauth.toException(where(expected));
    }

    private static ClientAuthException broken(AuthorizationExpectations expected, String code, String message) {
        ErrorDetails where = where(expected);
        return new ClientAuthException(
                ErrorDetails.of(code, message).at(where.endpoint()).correlationId(where.correlationId()));
    }

    private static ErrorDetails where(AuthorizationExpectations expected) {
        return ErrorDetails.of("", "").at(expected.endpoint()).correlationId(expected.correlationId());
    }
}
