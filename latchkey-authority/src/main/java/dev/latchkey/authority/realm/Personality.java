package dev.latchkey.authority.realm;

import static java.util.Map.entry;

import dev.latchkey.authority.Endpoint;
import dev.latchkey.authority.problem.Dialect;
import java.util.Map;
import java.util.Optional;

/** Whose paths and behaviour a realm has. */
public enum Personality {
    /** Microsoft Entra ID, version 2 endpoints. */
    ENTRA(Paths.ENTRA),
    /** Microsoft Entra External ID for customers. */
    CIAM(Paths.ENTRA),
    /** Azure AD B2C: what happens is the policy's in the path. */
    B2C(Paths.B2C),
    /** Active Directory Federation Services. */
    ADFS(Paths.ADFS),
    /** OpenID Connect as the specifications have it. */
    OIDC(Paths.OIDC);

    // Unmodifiable: made by Map.ofEntries.
    @SuppressWarnings("ImmutableEnumChecker")
    private final Map<Endpoint, String> paths;

    Personality(Map<Endpoint, String> paths) {
        this.paths = paths;
    }

    /** The endpoint's path below the realm's. */
    public Optional<String> path(Endpoint endpoint) {
        return Optional.ofNullable(paths.get(endpoint));
    }

    /** The endpoint at a path below the realm's. */
    public Optional<Endpoint> endpoint(String path) {
        return paths.entrySet().stream()
                .filter(entry -> entry.getValue().equals(path))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    /** Whether answers carry what only Microsoft's have: numbered errors, {@code client_info}, {@code ext_expires_in}. */
    public boolean isEntra() {
        return this == ENTRA || this == CIAM || this == B2C;
    }

    /** Whether a client assertion is good until it expires; Microsoft's libraries send one again and again. */
    public boolean takesAssertionsAgain() {
        return isEntra();
    }

    /** Whether a registration says how what is for its client is signed; elsewhere that is always with RSA. */
    public boolean letsClientsChooseAlgorithms() {
        return this == OIDC;
    }

    /** How errors are told. */
    public Dialect dialect() {
        return switch (this) {
            case ENTRA, CIAM -> Dialect.ENTRA;
            case B2C -> Dialect.B2C;
            case ADFS, OIDC -> Dialect.PLAIN;
        };
    }

    /** Whether people are asked; elsewhere an administrator has consented for all. */
    public boolean asksConsent() {
        return this != B2C && this != ADFS;
    }

    private static final class Paths {
        private static final Map<Endpoint, String> ENTRA = Map.ofEntries(
                entry(Endpoint.METADATA, "/v2.0/.well-known/openid-configuration"),
                entry(Endpoint.INSTANCE_DISCOVERY, "/discovery/instance"),
                entry(Endpoint.KEYS, "/discovery/v2.0/keys"),
                entry(Endpoint.AUTHORIZE, "/oauth2/v2.0/authorize"),
                entry(Endpoint.TOKEN, "/oauth2/v2.0/token"),
                entry(Endpoint.DEVICE_AUTHORIZATION, "/oauth2/v2.0/devicecode"),
                entry(Endpoint.LOGOUT, "/oauth2/v2.0/logout"),
                entry(Endpoint.USERINFO, "/openid/userinfo"));
        private static final Map<Endpoint, String> B2C = Map.ofEntries(
                entry(Endpoint.METADATA, "/v2.0/.well-known/openid-configuration"),
                entry(Endpoint.KEYS, "/discovery/v2.0/keys"),
                entry(Endpoint.AUTHORIZE, "/oauth2/v2.0/authorize"),
                entry(Endpoint.TOKEN, "/oauth2/v2.0/token"),
                entry(Endpoint.LOGOUT, "/oauth2/v2.0/logout"));
        private static final Map<Endpoint, String> ADFS = Map.ofEntries(
                entry(Endpoint.METADATA, "/.well-known/openid-configuration"),
                entry(Endpoint.KEYS, "/discovery/keys"),
                entry(Endpoint.AUTHORIZE, "/oauth2/authorize"),
                entry(Endpoint.TOKEN, "/oauth2/token"),
                entry(Endpoint.DEVICE_AUTHORIZATION, "/oauth2/devicecode"),
                entry(Endpoint.LOGOUT, "/oauth2/logout"),
                entry(Endpoint.USERINFO, "/userinfo"));
        private static final Map<Endpoint, String> OIDC = Map.ofEntries(
                entry(Endpoint.METADATA, "/.well-known/openid-configuration"),
                entry(Endpoint.KEYS, "/jwks"),
                entry(Endpoint.AUTHORIZE, "/authorize"),
                entry(Endpoint.TOKEN, "/token"),
                entry(Endpoint.DEVICE_AUTHORIZATION, "/device_authorization"),
                entry(Endpoint.PUSHED_AUTHORIZATION, "/par"),
                entry(Endpoint.REVOCATION, "/revoke"),
                entry(Endpoint.INTROSPECTION, "/introspect"),
                entry(Endpoint.REGISTRATION, "/register"),
                entry(Endpoint.LOGOUT, "/logout"),
                entry(Endpoint.USERINFO, "/userinfo"));
    }
}
