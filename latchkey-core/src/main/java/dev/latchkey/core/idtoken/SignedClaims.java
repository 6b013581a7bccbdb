package dev.latchkey.core.idtoken;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import dev.latchkey.core.error.ErrorCodes;
import dev.latchkey.core.json.Json;
import dev.latchkey.core.json.JsonException;
import dev.latchkey.core.json.JsonObject;
import java.text.ParseException;
import java.util.List;

/**
 * The claims of a JWT whose header is acceptable and whose signature was verified; they themselves are not checked yet.
 *
 * @param algorithm how it is signed
 * @param claims what it says
 */
record SignedClaims(JWSAlgorithm algorithm, JsonObject claims) {
    static SignedClaims of(RawIdToken raw, SigningKeys published, IdTokenVerifier.Failures failures) {
        SignatureRule rule = failures.expected().signature();
        JWSObject token = parse(raw, rule, failures);
        HeaderChecks.of(token, failures).all();
        return new SignedClaims(token.getHeader().getAlgorithm(), signedClaims(token, rule.keys(published), failures));
    }

    private static JWSObject parse(RawIdToken raw, SignatureRule rule, IdTokenVerifier.Failures failures) {
        JWSObject token;
        try {
            token = JWSObject.parse(raw.token().reveal());
        } catch (ParseException | RuntimeException e) {
            // Nimbus refuses alg none here as well, for it has no signature to hold, and answers some malformed headers
            // with unchecked failures.
            throw failures.of(ErrorCodes.INVALID_ID_TOKEN, " is not a signed JWT (RFC 7515); it was not believed");
        }
        JWSAlgorithm algorithm = token.getHeader().getAlgorithm();
        if (!rule.accepts(algorithm)) {
            throw failures.of(
                    ErrorCodes.ID_TOKEN_ALGORITHM_REJECTED,
                    " is signed with " + algorithm.getName() + "; accepted is " + rule + rule.adviceOn(algorithm));
        }
        return token;
    }

    /** Step 6. A key that is published for another issuer is none for this token. */
    private static JsonObject signedClaims(JWSObject token, SigningKeys keys, IdTokenVerifier.Failures failures) {
        JWSHeader header = token.getHeader();
        List<SigningKey> candidates = keys.fitting(header);
        if (candidates.isEmpty()) {
            throw failures.of(
                    ErrorCodes.ID_TOKEN_KEY_NOT_FOUND,
                    " is signed with a key that the issuer does not publish (" + nameOfKey(header) + ")");
        }
        String wrong = "'s signature is wrong; it was not believed";
        for (SigningKey key : candidates) {
            if (key.signed(token)) {
                JsonObject claims = parseClaims(token, failures);
                if (key.speaksFor(claims)) {
                    return claims;
                }
                wrong = " is signed with a key (" + nameOfKey(header)
                        + ") that is published for another issuer than it names; it was not believed";
            }
        }
        throw failures.of(ErrorCodes.ID_TOKEN_SIGNATURE_INVALID, wrong);
    }

    private static String nameOfKey(JWSHeader header) {
        return header.getKeyID() == null ? "it names none with kid" : "kid " + header.getKeyID();
    }

    private static JsonObject parseClaims(JWSObject token, IdTokenVerifier.Failures failures) {
        try {
            return Json.parseObject(token.getPayload().toBytes());
        } catch (JsonException e) {
            throw failures.of(ErrorCodes.INVALID_ID_TOKEN, "'s claims are unusable: " + e.getMessage());
        }
    }
}
