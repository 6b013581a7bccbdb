package dev.latchkey.core.idtoken;

import dev.latchkey.core.error.ClientAuthException;
import dev.latchkey.core.error.ErrorDetails;
import dev.latchkey.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;

/**
 * Checks ID tokens by OpenID Connect Core 3.1.3.7, signature always included, also on the direct answer of a token
 * endpoint. Strict: there is no switch to leave a check out. Stateless.
 */
public final class IdTokenVerifier {
    /** How far the authority's clock may be from ours. */
    public static final Duration CLOCK_SKEW = Duration.ofMinutes(5);

    private IdTokenVerifier() {}

    /**
     * Verifies a token.
     *
     * @param raw what came
     * @param keys the issuer's keys
     * @param expected what it must agree with
     * @param now the time of the check
     * @throws ClientAuthException with one of the {@code id_token_…} codes, {@code nonce_mismatch}, {@code
     *     invalid_id_token}, {@code auth_time_not_found}, {@code max_age_transpired} or {@code acr_mismatch}; {@code id_token_key_not_found}
     *     alone may be cured by reading the keys anew
     */
    public static VerifiedIdToken verify(RawIdToken raw, SigningKeys keys, IdTokenExpectations expected, Instant now) {
        Failures failures = new Failures(expected, Subject.ID_TOKEN);
        SignedClaims signed = SignedClaims.of(raw, keys, failures);
        new ClaimChecks(signed.claims(), expected, failures, now).all(signed.algorithm());
        return new VerifiedIdToken(raw.token(), signed.claims());
    }

    /**
     * Verifies signed user info (OpenID Connect Core 5.3.2): signature, {@code iss} and {@code aud}, and {@code exp} where
     * there is one. Whom it is about is for the caller to check.
     *
     * @param raw what came
     * @param keys the issuer's keys
     * @param expected what it must agree with
     * @param now the time of the check
     * @throws ClientAuthException as {@link #verify}
     */
    public static JsonObject verifyUserInfo(
            RawIdToken raw, SigningKeys keys, IdTokenExpectations expected, Instant now) {
        Failures failures = new Failures(expected, Subject.USER_INFO);
        JsonObject claims = SignedClaims.of(raw, keys, failures).claims();
        new ClaimChecks(claims, expected, failures, now).allOfUserInfo();
        return claims;
    }

    /** What is checked. */
    enum Subject {
        ID_TOKEN("the ID token"),
        USER_INFO("the user info");

        private final String name;

        Subject(String name) {
            this.name = name;
        }
    }

    /**
     * Makes failures that say where.
     *
     * @param expected what is checked against
     * @param subject what is checked
     */
    record Failures(IdTokenExpectations expected, Subject subject) {
        /** The message follows the name of what is checked. */
        ClientAuthException of(String code, String message) {
            return new ClientAuthException(ErrorDetails.of(code, subject.name + message)
                    .at(expected.endpoint())
                    .correlationId(expected.correlationId()));
        }
    }
}
