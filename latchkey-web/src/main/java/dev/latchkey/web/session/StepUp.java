package dev.latchkey.web.session;

import dev.latchkey.core.cache.TokenVariant;
import dev.latchkey.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a user did in one session to get a stronger token. Its tokens are for this session only; the account's other
 * tokens stay valid.
 *
 * @param component the name of these tokens in the cache; unguessable, and known only to the session
 * @param claims the requested claims
 * @param extraParameters the parameters sent with the request
 */
public record StepUp(String component, @Nullable String claims, Map<String, String> extraParameters) {
    /** The parameter for authentication context classes (OpenID Connect Core 3.1.2.1). */
    public static final String ACR_VALUES = "acr_values";

    private static final String COMPONENT = "component";
    private static final String CLAIMS = "claims";
    private static final String EXTRAS = "extras";

    /** Copies the parameters. */
    public StepUp {
        extraParameters = Map.copyOf(extraParameters);
    }

    /** A new step-up. */
    public static StepUp of(@Nullable String claims, Map<String, String> extraParameters) {
        return new StepUp(SessionId.fresh().digest(), claims, extraParameters);
    }

    /** Whether its tokens also serve requests without special requirements. */
    public boolean servesPlain() {
        Map<String, String> others = new LinkedHashMap<>(extraParameters);
        others.remove(ACR_VALUES);
        return TokenVariant.of(null, others, null) == null;
    }

    /** Whether this was done for such a request. */
    public boolean isFor(@Nullable String otherClaims, Map<String, String> otherExtras) {
        return Objects.equals(claims, otherClaims) && extraParameters.equals(otherExtras);
    }

    Map<String, @Nullable Object> write() {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put(COMPONENT, component);
        members.put(CLAIMS, claims);
        members.put(EXTRAS, extraParameters);
        return members;
    }

    static @Nullable StepUp read(@Nullable JsonObject json) {
        return json == null
                ? null
                : new StepUp(json.string(COMPONENT, ""), json.string(CLAIMS), extras(json.object(EXTRAS)));
    }

    private static Map<String, String> extras(@Nullable JsonObject json) {
        Map<String, String> extras = new LinkedHashMap<>();
        if (json != null) {
            json.names().forEach(name -> extras.put(name, json.string(name, "")));
        }
        return extras;
    }
}
