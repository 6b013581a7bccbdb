package dev.latchkey.authority;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * An API that tokens are for.
 *
 * @param identifier what stands before the scope, for example {@code https://graph.microsoft.com}
 * @param audience the {@code aud} of its access tokens
 * @param displayName shown on the consent page
 * @param scopes delegated permissions with the sentence the consent page shows, in order
 */
public record ApiResource(String identifier, String audience, String displayName, Map<String, String> scopes) {
    public ApiResource {
        if (identifier.isBlank() || identifier.contains(" ")) {
            throw new IllegalArgumentException("not a resource identifier: '" + identifier + "'");
        }
        scopes = Collections.unmodifiableMap(new LinkedHashMap<>(scopes));
    }

    /** An API whose audience is its identifier. */
    public static ApiResource of(String identifier, String... scopes) {
        Map<String, String> described = new LinkedHashMap<>();
        for (String scope : scopes) {
            described.put(scope, "Use " + scope);
        }
        return new ApiResource(identifier, identifier, identifier, described);
    }

    /** The same API under another name on the consent page. */
    public ApiResource displayName(String displayName) {
        return new ApiResource(identifier, audience, displayName, scopes);
    }

    /** The same API with another {@code aud} in its tokens. */
    public ApiResource audience(String audience) {
        return new ApiResource(identifier, audience, displayName, scopes);
    }

    /** The same API with one more scope. */
    public ApiResource scope(String name, String sentence) {
        Map<String, String> more = new LinkedHashMap<>(scopes);
        more.put(name, sentence);
        return new ApiResource(identifier, audience, displayName, more);
    }

    /** Names of its scopes. */
    public Set<String> scopeNames() {
        return scopes.keySet();
    }
}
