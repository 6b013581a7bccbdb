package dev.latchkey.core.account;

import dev.latchkey.core.Secret;
import dev.latchkey.core.json.Json;
import dev.latchkey.core.json.JsonException;
import dev.latchkey.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Reads the claims of a cached ID token. The token was verified before it was stored; here it is only decoded on
 * demand, so that the cache holds only the token's text and no parsed tree.
 */
public final class TokenClaims {
    private TokenClaims() {}

    /** The claims of a stored ID token; empty if the text is not a signed JWT. */
    public static JsonObject ofStored(Secret idToken) {
        String text = idToken.reveal();
        int start = text.indexOf('.') + 1;
        int end = text.indexOf('.', start);
        if (start == 0 || end < 0) {
            return JsonObject.EMPTY;
        }
        try {
            byte[] payload = Base64.getUrlDecoder().decode(text.substring(start, end));
            return Json.parseObject(new String(payload, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException | JsonException e) {
            return JsonObject.EMPTY;
        }
    }
}
