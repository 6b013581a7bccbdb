package dev.latchkey.authority.realm;

import dev.latchkey.authority.Endpoint;
import dev.latchkey.authority.Tenant;
import dev.latchkey.authority.directory.Directory;
import java.util.Locale;
import java.util.Optional;

/** Finds the realm and endpoint of a path. */
public final class Realms {
    /** Where plain OpenID Connect is, unless it has no path at all. */
    public static final String OIDC_PATH = "/oidc";

    private static final String AUTHORIZATION_SERVER_METADATA = "/.well-known/oauth-authorization-server";

    private final String base;
    private final String oidcPath;
    private final Directory directory;

    /**
     * @param base the server's address without a slash at the end
     * @param oidcPath {@link #OIDC_PATH}, or empty for an issuer without a path
     */
    public Realms(String base, String oidcPath, Directory directory) {
        this.base = base;
        this.oidcPath = oidcPath;
        this.directory = directory;
    }

    /** The same addresses for other people, clients and APIs. */
    Realms with(Directory other) {
        return new Realms(base, oidcPath, other);
    }

    /** The server's address without a slash at the end. */
    public String base() {
        return base;
    }

    /** The plain OpenID Connect realm. */
    public Realm oidc() {
        return new Realm(base, oidcPath, Personality.OIDC, Admission.COMMON);
    }

    /** The Entra realm of a path segment; empty if there is no such tenant. */
    public Optional<Realm> entra(String segment) {
        return admission(segment).map(admission -> new Realm(base, "/" + segment, Personality.ENTRA, admission));
    }

    /** The ADFS realm. */
    public Realm adfs() {
        return new Realm(base, "/adfs", Personality.ADFS, Admission.COMMON);
    }

    /** The realm of External ID for a tenant's customers; empty if there is no such tenant. */
    public Optional<Realm> ciam(String tenant) {
        return directory
                .tenant(tenant)
                .map(found -> new Realm(base, "/ciam/" + tenant, Personality.CIAM, Admission.only(found)));
    }

    /** The realm of a B2C policy, whose name begins with {@code B2C_1}; empty if there is no such tenant. */
    public Optional<Realm> b2c(String tenant, String policy) {
        boolean named = policy.regionMatches(true, 0, "b2c_1", 0, 5);
        return directory
                .tenant(tenant)
                .filter(found -> named)
                .map(found -> new Realm(base, "/tfp/" + tenant + "/" + policy, Personality.B2C, Admission.only(found)));
    }

    /** Whether an issuer is one of this authority's, for tokens of a tenant id. */
    public boolean isIssuer(String issuer, String tenantId) {
        boolean alone = issuer.equals(oidc().advertisedIssuer()) || issuer.equals(adfs().advertisedIssuer());
        return alone
                || directory.tenants().stream().map(Tenant::id).anyMatch(id -> {
                    boolean entra =
                            issuer.equals(base + "/" + id + "/v2.0") || issuer.equals(base + "/ciam/" + id + "/v2.0");
                    return (entra && id.toString().equals(tenantId)) || issuer.startsWith(base + "/tfp/" + id + "/");
                });
    }

    /** Where a path leads; empty if nowhere. */
    public Optional<Route> route(String path) {
        Optional<Route> metadata = authorizationServerMetadata(path);
        if (metadata.isPresent()) {
            return metadata;
        }
        Optional<Route> plain = below(oidc(), path);
        return plain.isPresent() ? plain : realm(path).flatMap(realm -> below(realm, path));
    }

    private Optional<Realm> realm(String path) {
        String[] segments = path.substring(Math.min(1, path.length())).split("/", 4);
        return switch (segments[0]) {
            case "adfs" -> Optional.of(adfs());
            case "ciam" -> segments.length > 1 ? ciam(segments[1]) : Optional.empty();
            case "tfp" -> segments.length > 2 ? b2c(segments[1], segments[2]) : Optional.empty();
            default -> entra(segments[0]);
        };
    }

    private static Optional<Route> below(Realm realm, String path) {
        return path.startsWith(realm.path())
                ? realm.personality()
                        .endpoint(path.substring(realm.path().length()))
                        .map(endpoint -> new Route(realm, endpoint))
                : Optional.empty();
    }

    /** RFC 8414 section 3: between the host and the issuer's path. Microsoft's have no such document. */
    private Optional<Route> authorizationServerMetadata(String path) {
        return path.equals(AUTHORIZATION_SERVER_METADATA + oidcPath)
                ? Optional.of(new Route(oidc(), Endpoint.METADATA))
                : Optional.empty();
    }

    /** The endpoint an Entra path would have led to, had its tenant existed. */
    public Optional<Endpoint> endpointOfUnknownTenant(String path) {
        int slash = path.indexOf('/', 1);
        return slash < 0 ? Optional.empty() : Personality.ENTRA.endpoint(path.substring(slash));
    }

    private Optional<Admission> admission(String segment) {
        return switch (segment.toLowerCase(Locale.ROOT)) {
            case "common" -> Optional.of(Admission.COMMON);
            case "organizations" -> Optional.of(Admission.ORGANIZATIONS);
            case "consumers" -> Optional.of(Admission.CONSUMERS);
            default -> directory.tenant(segment).map(Admission::only);
        };
    }
}
