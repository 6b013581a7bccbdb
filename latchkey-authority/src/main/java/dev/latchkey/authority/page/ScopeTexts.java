package dev.latchkey.authority.page;

import dev.latchkey.authority.ApiResource;
import java.util.List;
import java.util.Map;

/** What a scope means, in words for the consent page. */
public final class ScopeTexts {
    private static final Map<String, String> OPENID = Map.of(
            "openid", "Sign you in",
            "profile", "View your basic profile",
            "email", "View your email address",
            "address", "View your address",
            "phone", "View your phone number",
            "offline_access", "Keep the access you give it");

    private final List<ApiResource> apis;

    public ScopeTexts(List<ApiResource> apis) {
        this.apis = List.copyOf(apis);
    }

    /** The sentence of a scope as consent names it: an OpenID scope, or {@code identifier/Name}. */
    String sentence(String scope) {
        for (ApiResource api : apis) {
            String prefix = api.identifier() + "/";
            String found = scope.startsWith(prefix) ? api.scopes().get(scope.substring(prefix.length())) : null;
            if (found != null) {
                return found;
            }
        }
        return OPENID.getOrDefault(scope, scope);
    }
}
