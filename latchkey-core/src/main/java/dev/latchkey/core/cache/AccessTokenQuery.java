package dev.latchkey.core.cache;

import dev.latchkey.core.Scopes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What an access token must be to serve a request: computed once by the request, asked on every silent call. Immutable.
 * Resource, key and variant are compared strictly: a query without one never finds a token with one.
 */
public final class AccessTokenQuery {
    /** What every request asks for, and a request without scopes asks for alone; no answer repeats offline_access. */
    private static final Scopes DEFAULTS = Scopes.of("openid", "profile");

    private final String clientId;
    private final String realm;
    private final Scopes lookup;
    private final Scopes scopes;
    private final String tokenType;
    private final @Nullable String resource;
    private final @Nullable String keyId;
    private final @Nullable String variant;
    private final int hash;

    private AccessTokenQuery(
            String clientId, String realm, Scopes lookup, String tokenType, @Nullable String[] bindings) {
        this.clientId = clientId;
        this.realm = realm;
        this.lookup = lookup;
        this.tokenType = tokenType;
        this.resource = bindings[0];
        this.keyId = bindings[1];
        this.variant = bindings[2];
        this.scopes = lookup.isEmpty() && resource == null ? DEFAULTS : lookup;
        this.hash = Objects.hash(clientId, scopes, resource, keyId, variant);
    }

    /**
     * Asks for a bearer token.
     *
     * @param realm the tenant the token must be for
     * @param scopes the scopes of the request; those of OpenID Connect are left out as {@link Scopes#forLookup()} says.
     *     Without any, and without a resource, a token of {@code openid profile} is asked for, not just any
     */
    public static AccessTokenQuery of(String clientId, String realm, Scopes scopes) {
        return new AccessTokenQuery(
                clientId, realm, scopes.forLookup(), AccessTokenEntry.BEARER, new @Nullable String[3]);
    }

    /** Asks for a token of this type that is bound to this key. */
    public AccessTokenQuery boundTo(String tokenType, @Nullable String keyId) {
        String type = tokenType.equalsIgnoreCase(AccessTokenEntry.BEARER) ? AccessTokenEntry.BEARER : tokenType;
        return new AccessTokenQuery(clientId, realm, lookup, type, new @Nullable String[] {resource, keyId, variant});
    }

    /** Asks for a token for this resource (RFC 8707), or for none. */
    public AccessTokenQuery resource(@Nullable String value) {
        return new AccessTokenQuery(clientId, realm, lookup, tokenType, new @Nullable String[] {value, keyId, variant});
    }

    /** Asks for a token that was shaped by the same further parts of a request, given as their digest. */
    public AccessTokenQuery variant(@Nullable String value) {
        return new AccessTokenQuery(
                clientId, realm, lookup, tokenType, new @Nullable String[] {resource, keyId, value});
    }

    /** The client that asks. */
    public String clientId() {
        return clientId;
    }

    /** The tenant the token must be for. */
    public String realm() {
        return realm;
    }

    /** The scopes the token must hold. */
    public Scopes scopes() {
        return scopes;
    }

    /** Cheap and telling parts first: in a partition most tokens differ by scope or client. */
    boolean isServedBy(AccessTokenEntry token) {
        return token.target().containsAll(scopes)
                && clientId.equals(token.clientId())
                && realm.equalsIgnoreCase(token.realm())
                && tokenType.equalsIgnoreCase(token.tokenType())
                && same(resource, token.resource())
                && same(keyId, token.keyId())
                && same(variant, token.variant());
    }

    private static boolean same(@Nullable String wanted, @Nullable String actual) {
        return wanted == null ? actual == null : wanted.equals(actual);
    }

    @Override
    public boolean equals(Object other) {
        return this == other
                || (other instanceof AccessTokenQuery that
                        && hash == that.hash
                        && clientId.equals(that.clientId)
                        && realm.equalsIgnoreCase(that.realm)
                        && scopes.equals(that.scopes)
                        && tokenType.equalsIgnoreCase(that.tokenType)
                        && same(resource, that.resource)
                        && same(keyId, that.keyId)
                        && same(variant, that.variant));
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public String toString() {
        return "AccessTokenQuery[" + tokenType + " for " + scopes + " in '" + realm + "']";
    }
}
