package dev.latchkey.core.authorize;

import dev.latchkey.core.error.ClientConfigurationException;
import dev.latchkey.core.error.ErrorCodes;
import dev.latchkey.core.json.Json;
import dev.latchkey.core.json.JsonException;
import dev.latchkey.core.json.JsonObject;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The {@code claims} parameter (OpenID Connect Core 5.5) with what the application can handle ({@code xms_cc}). */
public final class ClaimsRequest {
    private ClaimsRequest() {}

    /**
     * Adds the capabilities to the caller's claims, keeping everything else in them.
     *
     * @return the parameter's value, or null if there is nothing to send
     * @throws ClientConfigurationException {@code invalid_claims} if the claims are no JSON object, or ask for an essential
     *     {@code acr} that is no text; the claims are not shown
     */
    public static @Nullable String merge(@Nullable String claims, List<String> capabilities) {
        if (claims == null && capabilities.isEmpty()) {
            return null;
        }
        JsonObject asked = claims == null ? JsonObject.EMPTY : parse(claims);
        var unused = essentialAcrs(asked);
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

    /**
     * The values of {@code acr} of which the ID token must have one: those of an essential request for it (OpenID Connect
     * Core 5.5.1.1). Empty if there is none; a voluntary request binds nobody.
     *
     * @param claims the parameter's value, or null
     * @throws ClientConfigurationException as {@link #merge}
     */
    public static Set<String> essentialAcrs(@Nullable String claims) {
        return claims == null ? Set.of() : essentialAcrs(parse(claims));
    }

    private static Set<String> essentialAcrs(JsonObject claims) {
        JsonObject idToken = claims.object("id_token");
        JsonObject acr = idToken == null ? null : idToken.object("acr");
        if (acr == null || !acr.isTrue("essential")) {
            return Set.of();
        }
        Set<String> values = new HashSet<>(acr.strings("values"));
        String value = acr.string("value");
        if (value != null) {
            values.add(value);
        }
        // What cannot be met must not pass for what was not asked.
        if (values.isEmpty() && (acr.has("value") || acr.has("values"))) {
            throw new ClientConfigurationException(
                    ErrorCodes.INVALID_CLAIMS,
                    "the value of an essential acr must be text, its values a list of texts");
        }
        return Collections.unmodifiableSet(values);
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
