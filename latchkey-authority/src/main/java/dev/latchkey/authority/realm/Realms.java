package dev.latchkey.authority.realm;

import dev.latchkey.authority.Endpoint;
import dev.latchkey.authority.directory.Directory;
import java.util.Locale;
import java.util.Optional;

/** Finds the realm and endpoint of a path. */
public final class Realms {
    private static final String OIDC_PATH = "/oidc";

    private final String base;
    private final Directory directory;

    /** @param base the server's address without a slash at the end */
    public Realms(String base, Directory directory) {
        this.base = base;
        this.directory = directory;
    }

    /** The server's address without a slash at the end. */
    public String base() {
        return base;
    }

    /** The plain OpenID Connect realm. */
    public Realm oidc() {
        return new Realm(base, OIDC_PATH, Personality.OIDC, Admission.COMMON);
    }

    /** The Entra realm of a path segment; empty if there is no such tenant. */
    public Optional<Realm> entra(String segment) {
        return admission(segment).map(admission -> new Realm(base, "/" + segment, Personality.ENTRA, admission));
    }

    /** Where a path leads; empty if nowhere. */
    public Optional<Route> route(String path) {
        int slash = path.indexOf('/', 1);
        if (slash < 0) {
            return Optional.empty();
        }
        String segment = path.substring(1, slash);
        String below = path.substring(slash);
        Optional<Realm> realm = segment.equals("oidc") ? Optional.of(oidc()) : entra(segment);
        return realm.flatMap(found -> found.personality().endpoint(below).map(endpoint -> new Route(found, endpoint)));
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
