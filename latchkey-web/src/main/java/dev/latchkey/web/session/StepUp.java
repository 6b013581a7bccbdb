package dev.latchkey.web.session;

import dev.latchkey.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
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
    private static final String COMPONENT = "component";
    private static final String CLAIMS = "claims";
    private static final String EXTRAS = "extras";

    /** Copies the parameters. */
    public StepUp {
        extraParameters = Map.copyOf(extraParameters);
    }

    /** A new one. */
    public static StepUp of(@Nullable String claims, Map<String, String> extraParameters) {
        return new StepUp(SessionId.fresh(true).digest(), claims, extraParameters);
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
