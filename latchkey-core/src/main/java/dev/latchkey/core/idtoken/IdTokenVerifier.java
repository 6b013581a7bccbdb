package dev.latchkey.core.idtoken;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import dev.latchkey.core.error.ClientAuthException;
import dev.latchkey.core.error.ErrorCodes;
import dev.latchkey.core.error.ErrorDetails;
import dev.latchkey.core.json.Json;
import dev.latchkey.core.json.JsonException;
import dev.latchkey.core.json.JsonObject;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * Checks ID tokens by OpenID Connect Core 3.1.3.7, signature always included, also on the direct answer of a token
 * endpoint. Strict: there is no switch to leave a check out. Stateless.
 */
public final class IdTokenVerifier {
    /** How far the authority's clock may be from ours. */
    public static final Duration CLOCK_SKEW = Duration.ofMinutes(5);

    /** Asymmetric signatures only: never {@code none}, never a shared secret. */
    private static final Set<JWSAlgorithm> ALGORITHMS = Set.of(
            JWSAlgorithm.RS256,
            JWSAlgorithm.RS384,
            JWSAlgorithm.RS512,
            JWSAlgorithm.PS256,
            JWSAlgorithm.PS384,
            JWSAlgorithm.PS512,
            JWSAlgorithm.ES256,
            JWSAlgorithm.ES384,
            JWSAlgorithm.ES512);

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
        Failures failures = new Failures(expected);
        JWSObject token = parse(raw, failures);
        HeaderChecks.of(token, failures).all();
        JsonObject claims = signedClaims(token, keys, failures);
        new ClaimChecks(claims, expected, failures, now).all(token.getHeader().getAlgorithm());
        return new VerifiedIdToken(raw.token(), claims);
    }

    private static JWSObject parse(RawIdToken raw, Failures failures) {
        JWSObject token;
        try {
            token = JWSObject.parse(raw.token().reveal());
        } catch (ParseException | RuntimeException e) {
            // Nimbus refuses alg none here as well, for it has no signature to hold, and answers some malformed headers
            // with unchecked failures.
            throw failures.of(
                    ErrorCodes.INVALID_ID_TOKEN, "the ID token is not a signed JWT (RFC 7515); it was not believed");
        }
        JWSAlgorithm algorithm = token.getHeader().getAlgorithm();
        if (!ALGORITHMS.contains(algorithm)) {
            throw failures.of(
                    ErrorCodes.ID_TOKEN_ALGORITHM_REJECTED,
                    "the ID token is signed with " + algorithm.getName() + "; accepted are RS, PS and ES 256 to 512");
        }
        return token;
    }

    /** Step 6. A key that is published for another issuer is none for this token. */
    private static JsonObject signedClaims(JWSObject token, SigningKeys keys, Failures failures) {
        JWSHeader header = token.getHeader();
        List<SigningKey> candidates = keys.fitting(header);
        if (candidates.isEmpty()) {
            throw failures.of(
                    ErrorCodes.ID_TOKEN_KEY_NOT_FOUND,
                    "the issuer publishes no key that fits the ID token (kid " + header.getKeyID() + ")");
        }
        String wrong = "the ID token's signature is wrong; it was not believed";
        for (SigningKey key : candidates) {
            if (key.signed(token)) {
                JsonObject claims = parseClaims(token, failures);
                if (key.speaksFor(claims)) {
                    return claims;
                }
                wrong = "the ID token is signed with a key (kid " + header.getKeyID()
                        + ") that is published for another issuer than it names; it was not believed";
            }
        }
        throw failures.of(ErrorCodes.ID_TOKEN_SIGNATURE_INVALID, wrong);
    }

    private static JsonObject parseClaims(JWSObject token, Failures failures) {
        try {
            return Json.parseObject(token.getPayload().toBytes());
        } catch (JsonException e) {
            throw failures.of(ErrorCodes.INVALID_ID_TOKEN, "the ID token's claims are unusable: " + e.getMessage());
        }
    }

    /** Makes failures that say where. */
    record Failures(IdTokenExpectations expected) {
        ClientAuthException of(String code, String message) {
            return new ClientAuthException(
                    ErrorDetails.of(code, message).at(expected.endpoint()).correlationId(expected.correlationId()));
        }
    }
}
