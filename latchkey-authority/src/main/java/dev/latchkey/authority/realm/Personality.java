package dev.latchkey.authority.realm;

import dev.latchkey.authority.Endpoint;
import java.util.Map;
import java.util.Optional;

/** Whose paths and manners a realm has. */
public enum Personality {
    /** Microsoft Entra ID, version 2 endpoints. */
    ENTRA,
    /** OpenID Connect as the specifications have it. */
    OIDC;

    private static final Map<Endpoint, String> ENTRA_PATHS = Map.of(
            Endpoint.METADATA, "/v2.0/.well-known/openid-configuration",
            Endpoint.INSTANCE_DISCOVERY, "/discovery/instance",
            Endpoint.KEYS, "/discovery/v2.0/keys",
            Endpoint.AUTHORIZE, "/oauth2/v2.0/authorize",
            Endpoint.TOKEN, "/oauth2/v2.0/token",
            Endpoint.LOGOUT, "/oauth2/v2.0/logout",
            Endpoint.USERINFO, "/openid/userinfo");
    private static final Map<Endpoint, String> OIDC_PATHS = Map.of(
            Endpoint.METADATA, "/.well-known/openid-configuration",
            Endpoint.KEYS, "/jwks",
            Endpoint.AUTHORIZE, "/authorize",
            Endpoint.TOKEN, "/token",
            Endpoint.LOGOUT, "/logout",
            Endpoint.USERINFO, "/userinfo");

    /** The endpoint's path below the realm's. */
    public Optional<String> path(Endpoint endpoint) {
        return Optional.ofNullable(paths().get(endpoint));
    }

    /** The endpoint at a path below the realm's. */
    public Optional<Endpoint> endpoint(String path) {
        return paths().entrySet().stream()
                .filter(entry -> entry.getValue().equals(path))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** Whether answers carry what only Microsoft's have: AADSTS codes, {@code client_info}, {@code ext_expires_in}. */
    public boolean isEntra() {
        return this == ENTRA;
    }

    private Map<Endpoint, String> paths() {
        return isEntra() ? ENTRA_PATHS : OIDC_PATHS;
    }
}
