package dev.latchkey.core.cache;

import dev.latchkey.core.LowerCase;
import dev.latchkey.core.json.Json;
import dev.latchkey.core.json.JsonException;
import dev.latchkey.core.json.JsonObject;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What besides scopes, resource and key shapes an access token, as one text: two requests with the same text would have
 * been given the same token, and no others share one.
 */
public final class TokenVariant {
    private static final String PREFIX = "request:";

    /**
     * What only changes the pages that the person sees, or takes them to the right one sooner (OpenID Connect Core
     * 3.1.2.1, and what providers add to it).
     */
    private static final Set<String> OF_PAGES = Set.of(
            "display",
            "ui_locales",
            "claims_locales",
            "login_hint",
            "domain_hint",
            "hd",
            "whr",
            "connection",
            "identity_provider",
            "idp",
            "idp_hint",
            "kc_idp_hint",
            "mkt",
            "screen_hint",
            "kc_locale",
            "kc_action");

    private TokenVariant() {}

    /**
     * The variant of a request.
     *
     * @param claims the {@code claims} parameter of the caller
     * @param extras the caller's own parameters, of whichever request
     * @param component what keeps the tokens of some callers apart
     * @return the text; null for a plain request
     */
    public static @Nullable String of(@Nullable String claims, Map<String, String> extras, @Nullable String component) {
        if (claims == null && extras.isEmpty() && component == null) {
            return null;
        }
        Map<String, String> shaping = new TreeMap<>(extras);
        shaping.keySet().removeIf(name -> OF_PAGES.contains(LowerCase.of(name)));
        if (claims == null && shaping.isEmpty() && component == null) {
            return null;
        }
        Map<String, Object> parts = new TreeMap<>(Map.of("extras", shaping));
        if (claims != null) {
            parts.put("claims", canonical(claims));
        }
        if (component != null) {
            parts.put("component", component);
        }
        return PREFIX + Variants.digest(Json.write(parts));
    }

    /** Neither blanks nor the order of members make another request. */
    private static Object canonical(String claims) {
        try {
            return sorted(Json.parseObject(claims));
        } catch (JsonException e) {
            return claims;
        }
    }

    private static Map<String, @Nullable Object> sorted(JsonObject json) {
        Map<String, @Nullable Object> sorted = new TreeMap<>(json.asMap());
        sorted.replaceAll((name, value) -> {
            JsonObject inner = json.object(name);
            return inner == null ? value : sorted(inner);
        });
        return sorted;
    }
}
