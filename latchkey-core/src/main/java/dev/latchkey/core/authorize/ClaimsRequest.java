package dev.latchkey.core.authorize;

import dev.latchkey.core.error.ClientConfigurationException;
import dev.latchkey.core.error.ErrorCodes;
import dev.latchkey.core.json.Json;
import dev.latchkey.core.json.JsonException;
import dev.latchkey.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The {@code claims} parameter (OpenID Connect Core 5.5) with what the application can handle ({@code xms_cc}). */
public final class ClaimsRequest {
    private ClaimsRequest() {}

    /**
     * Adds the capabilities to the caller's claims, keeping everything else in them.
     *
     * @return the parameter's value, or null if there is nothing to send
     * @throws ClientConfigurationException {@code invalid_claims} if the claims are no JSON object; the text is not shown
     */
    public static @Nullable String merge(@Nullable String claims, List<String> capabilities) {
        if (claims == null && capabilities.isEmpty()) {
            return null;
        }
        JsonObject asked = claims == null ? JsonObject.EMPTY : parse(claims);
        if (capabilities.isEmpty()) {
            return claims;
        }
        JsonObject accessToken = asked.object("access_token");
        Map<String, @Nullable Object> inner = new LinkedHashMap<>(accessToken == null ? Map.of() : accessToken.asMap());
        inner.put("xms_cc", Map.of("values", capabilities));
        Map<String, @Nullable Object> outer = new LinkedHashMap<>(asked.asMap());
        outer.put("access_token", inner);
        return Json.write(outer);
    }

    private static JsonObject parse(String claims) {
        try {
            return Json.parseObject(claims);
        } catch (JsonException e) {
            throw new ClientConfigurationException(
                    ErrorCodes.INVALID_CLAIMS, "the claims must be a JSON object: " + e.getMessage());
        }
    }
}
