package dev.latchkey.authority.token;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.latchkey.core.json.Json;
import java.util.LinkedHashMap;
import java.util.Map;

/** A JWS in its compact form (RFC 7515 section 7.1), put together by hand. */
final class JwsText {
    private JwsText() {}

    /** What is signed; without a key id if that is empty. */
    static String signingInput(String algorithm, String type, String keyId, Map<String, ?> claims) {
        Map<String, Object> header = new LinkedHashMap<>();
        header.put("typ", type);
        header.put("alg", algorithm);
        if (!keyId.isEmpty()) {
            header.put("kid", keyId);
        }
        return Digests.base64(Json.write(header).getBytes(UTF_8)) + "."
                + Digests.base64(Json.write(claims).getBytes(UTF_8));
    }

    static String signed(String signingInput, byte[] signature) {
        return signingInput + "." + Digests.base64(signature);
    }
}
