package dev.latchkey.core.idtoken;

import com.nimbusds.jose.JWSObject;
import dev.latchkey.core.LowerCase;
import dev.latchkey.core.error.ErrorCodes;
import dev.latchkey.core.json.Json;
import dev.latchkey.core.json.JsonException;
import dev.latchkey.core.json.JsonObject;
import java.util.Set;

/** What a header may not say, whoever signed it. Read anew, because the JOSE library drops what it finds empty. */
record HeaderChecks(JsonObject header, IdTokenVerifier.Failures failures) {
    /** RFC 8725 section 3.11: no other kind of JWT of the same issuer passes for an ID token. */
    private static final Set<String> TYPES = Set.of("jwt", "application/jwt");

    static HeaderChecks of(JWSObject token, IdTokenVerifier.Failures failures) {
        try {
            byte[] header = token.getHeader().toBase64URL().decode();
            return new HeaderChecks(Json.parseObject(header), failures);
        } catch (JsonException e) {
            throw failures.of(ErrorCodes.INVALID_ID_TOKEN, "'s header is unusable: " + e.getMessage());
        }
    }

    void all() {
        critical();
        encodedPayload();
        type();
    }

    /** RFC 7515 section 4.1.11: what must be understood, and an empty list is not even allowed. */
    private void critical() {
        if (header.has("crit")) {
            throw failures.of(
                    ErrorCodes.INVALID_ID_TOKEN, " needs an extension of JWS (crit), and none is understood here");
        }
    }

    /** RFC 7797 section 7: a JWT's payload is always encoded. */
    private void encodedPayload() {
        if (header.has("b64") && !header.isTrue("b64")) {
            throw failures.of(ErrorCodes.INVALID_ID_TOKEN, "'s payload is not encoded (b64)");
        }
    }

    /** RFC 7519 section 5.1, RFC 8725 section 3.11. */
    private void type() {
        if (header.has("typ") && !TYPES.contains(LowerCase.of(header.string("typ", "")))) {
            throw failures.of(ErrorCodes.INVALID_ID_TOKEN, " is a token of another kind (typ), expected is typ JWT");
        }
    }
}
