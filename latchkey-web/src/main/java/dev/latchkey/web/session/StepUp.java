package dev.latchkey.web.session;

import dev.latchkey.core.cache.TokenVariant;
import dev.latchkey.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a person did in one session to get a stronger token: the tokens it gave are for this session only, while the
 * account's others go on as they are.
 *
 * @param component names these tokens in the cache; unguessable, and known to the session alone
 * @param claims the claims that were asked for
 * @param extraParameters the parameters that were sent with the request
 */
public record StepUp(String component, @Nullable String claims, Map<String, String> extraParameters) {
    /** The classes of authentication that are asked for (OpenID Connect Core 3.1.2.1). */
    public static final String ACR_VALUES = "acr_values";

    private static final String COMPONENT = "component";
    private static final String CLAIMS = "claims";
    private static final String EXTRAS = "extras";

    /** Copies the parameters. */
    public StepUp {
        extraParameters = Map.copyOf(extraParameters);
    }

    /** A new one. */
    public static StepUp of(@Nullable String claims, Map<String, String> extraParameters) {
        return new StepUp(SessionId.fresh().digest(), claims, extraParameters);
    }

    /** Whether a token acquired this way also serves requests that ask for nothing in particular. */
    public boolean servesPlain() {
        Map<String, String> others = new LinkedHashMap<>(extraParameters);
        others.remove(ACR_VALUES);
        return TokenVariant.of(null, others, null) == null;
    }

    /** Whether this was done for a request like that. */
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
