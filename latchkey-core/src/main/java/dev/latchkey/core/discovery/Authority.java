package dev.latchkey.core.discovery;

import dev.latchkey.core.LowerCase;
import dev.latchkey.core.PrintableText;
import dev.latchkey.core.error.ClientConfigurationException;
import dev.latchkey.core.error.ErrorCodes;
import java.net.URI;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * An authority that issues tokens, identified by kind and address. Immutable; creating one sends no request. Equal if
 * kind and address are equal.
 *
 * <p>{@link #of(String)} derives the kind from well-known hosts and paths and treats everything else as an OpenID
 * Connect issuer; {@link #of(String, AuthorityKind)} takes it as an argument. Only https is accepted, and http on a
 * loopback host for the local authority.
 */
public final class Authority {
    private static final Set<String> SHARED_TENANTS = Set.of("common", "organizations", "consumers");

    private final AuthorityKind kind;
    private final URI uri;
    private final String given;

    private Authority(AuthorityKind kind, URI uri) {
        this(kind, uri, uri.toString());
    }

    private Authority(AuthorityKind kind, URI uri, String given) {
        this.kind = kind;
        this.uri = uri;
        this.given = given;
    }

    /**
     * Creates an authority of the kind that its address shows.
     *
     * @throws ClientConfigurationException if the address is empty, malformed or insecure
     */
    public static Authority of(String address) {
        return of(address, kindOf(secure(address)));
    }

    /**
     * Creates an authority of a kind that its address does not show, such as a local one.
     *
     * @throws ClientConfigurationException if the address is empty, malformed or insecure
     */
    public static Authority of(String address, AuthorityKind kind) {
        URI uri = canonical(kind, secure(address));
        return kind.isIssuer() ? new Authority(kind, uri, bare(address.trim())) : new Authority(kind, uri);
    }

    /** Like {@link #of(String)}, but with the kind of another authority if both are on the same host. */
    public static Authority like(String address, Authority other) {
        Authority authority = of(address);
        return authority.host().equals(other.host()) ? of(address, other.kind) : authority;
    }

    /** The kind. */
    public AuthorityKind kind() {
        return kind;
    }

    /** The canonical address: lower-case scheme and host, no query, no trailing slash. */
    public URI uri() {
        return uri;
    }

    /**
     * Whether this is the authority's own address, as given or in canonical form. A trailing slash is ignored (OpenID
     * Connect Discovery section 4.3).
     */
    public boolean isAddress(String address) {
        String bare = without("/", address);
        return bare.equals(uri.toString()) || bare.equals(given);
    }

    /** The host and, if it is not the default of the scheme, the port. */
    public String host() {
        return uri.getAuthority();
    }

    /** The address of its metadata (OpenID Connect Discovery section 4, with Entra's {@code /v2.0}; RFC 8414 section 3). */
    public URI metadataEndpoint() {
        if (kind == AuthorityKind.OAUTH) {
            String root = uri.getScheme() + "://" + uri.getRawAuthority();
            return URI.create(root + "/.well-known/oauth-authorization-server" + uri.getRawPath());
        }
        boolean versioned = kind.isEntraShaped() && !uri.getPath().endsWith("/v2.0");
        return URI.create(uri + (versioned ? "/v2.0" : "") + "/.well-known/openid-configuration");
    }

    /** The tenant segment of an Entra-shaped authority, else empty. */
    public String tenant() {
        return kind.isEntraShaped() ? firstSegment(uri) : "";
    }

    /** Whether the tenant stands for many tenants: {@code common}, {@code organizations}, {@code consumers}. */
    public boolean isSharedTenant() {
        return SHARED_TENANTS.contains(LowerCase.of(tenant()));
    }

    /** The realm its tokens are stored under: the tenant, or B2C's policy; null if that depends on the account. */
    public @Nullable String realm() {
        return switch (kind) {
            case ENTRA -> isSharedTenant() ? null : tenant();
            case B2C -> lastSegment(uri);
            case CIAM, ADFS, OIDC, OAUTH -> null;
        };
    }

    /** The same authority for another tenant (Entra) or policy (B2C); other kinds have neither and stay unchanged. */
    public Authority withRealm(String realm) {
        if (realm.isEmpty() || (kind != AuthorityKind.ENTRA && kind != AuthorityKind.B2C)) {
            return this;
        }
        String path = uri.getRawPath();
        String root = uri.getScheme() + "://" + uri.getAuthority();
        String changed = kind == AuthorityKind.ENTRA
                ? "/" + realm + path.substring(path.indexOf('/', 1) < 0 ? path.length() : path.indexOf('/', 1))
                : path.substring(0, path.lastIndexOf('/') + 1) + realm;
        return new Authority(kind, secure(root + changed));
    }

    /** The authority of a token for a tenant or policy: this one if it stands for many tenants or for that realm. */
    public Authority inRealm(String realm) {
        String own = realm();
        return own == null || own.equalsIgnoreCase(realm) ? this : withRealm(realm);
    }

    /** The same authority on another host of its cloud. */
    public Authority withHost(String host) {
        return new Authority(kind, URI.create(uri.getScheme() + "://" + host + uri.getRawPath()));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Authority that && kind == that.kind && uri.equals(that.uri);
    }

    @Override
    public int hashCode() {
        return uri.hashCode();
    }

    /** The address; for an OpenID Connect issuer as given, because its metadata is compared with that. */
    @Override
    public String toString() {
        return given;
    }

    private static URI secure(String address) {
        URI uri = Addresses.parse(address);
        if (!Addresses.isSecure(uri)) {
            throw new ClientConfigurationException(
                    ErrorCodes.AUTHORITY_URI_INSECURE,
                    "the authority must use https (http is for loopback hosts only) and hold no user: "
                            + Addresses.withoutUserInfo(address));
        }
        if (!PrintableText.isPrintable(uri.toString())) {
            throw new ClientConfigurationException(
                    ErrorCodes.URL_PARSE_ERROR, "the authority's address holds characters that cannot be seen");
        }
        return uri;
    }

    private static AuthorityKind kindOf(URI uri) {
        String host = LowerCase.of(uri.getHost());
        if (host.endsWith(".ciamlogin.com")) {
            return AuthorityKind.CIAM;
        }
        if (host.endsWith(".b2clogin.com") || firstSegment(uri).equals("tfp")) {
            return AuthorityKind.B2C;
        }
        if (firstSegment(uri).equalsIgnoreCase("adfs")) {
            return AuthorityKind.ADFS;
        }
        return Clouds.BUILT_IN.knows(host) ? AuthorityKind.ENTRA : AuthorityKind.OIDC;
    }

    private static URI canonical(AuthorityKind kind, URI uri) {
        String path = uri.getRawPath() == null ? "" : Addresses.withoutSlashes(uri.getRawPath());
        if (kind == AuthorityKind.CIAM && path.isEmpty()) {
            path = "/" + uri.getHost().split("\\.", 2)[0] + ".onmicrosoft.com";
        }
        if (kind == AuthorityKind.B2C && path.indexOf('/', 1) < 0) {
            throw new ClientConfigurationException(
                    ErrorCodes.URL_PARSE_ERROR, "a B2C authority is https://host/tenant/policy: " + uri.getHost());
        }
        if (kind == AuthorityKind.ENTRA) {
            path = path.isEmpty() ? "/common" : without("/v2.0", path);
        }
        String scheme = LowerCase.of(uri.getScheme());
        String host = without(ownPort(scheme), LowerCase.of(uri.getRawAuthority()));
        return URI.create(scheme + "://" + host + path);
    }

    /** Without what no issuer has: a query, a fragment, slashes at the end. */
    private static String bare(String address) {
        int end = 0;
        while (end < address.length() && address.charAt(end) != '?' && address.charAt(end) != '#') {
            end++;
        }
        return Addresses.withoutSlashes(address.substring(0, end));
    }

    private static String without(String end, String text) {
        return text.endsWith(end) ? text.substring(0, text.length() - end.length()) : text;
    }

    private static String ownPort(String scheme) {
        return scheme.equals("https") ? ":443" : ":80";
    }

    private static String lastSegment(URI uri) {
        String path = uri.getPath();
        return path.substring(path.lastIndexOf('/') + 1);
    }

    private static String firstSegment(URI uri) {
        @Nullable String path = uri.getPath();
        String[] segments = path == null ? new String[0] : path.split("/");
        return segments.length > 1 ? segments[1] : "";
    }
}
