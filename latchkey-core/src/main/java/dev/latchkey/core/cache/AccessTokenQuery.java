package dev.latchkey.core.cache;

import dev.latchkey.core.PrintableText;
import dev.latchkey.core.Scopes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What an access token must be to serve a request: computed once by the request, asked on every silent call. Immutable.
 * Resource, key and variant are compared strictly: a query without one never finds a token with one.
 */
public final class AccessTokenQuery {
    private final String clientId;
    private final String realm;
    private final Scopes lookup;
    private final Scopes defaults;
    private final Scopes scopes;
    private final Bindings bindings;

    /** What a token is bound to besides its scopes; mostly nothing. */
    private record Bindings(
            String tokenType,
            @Nullable String resource,
            @Nullable String keyId,
            @Nullable String variant) {
        static final Bindings NONE = new Bindings(AccessTokenEntry.BEARER, null, null, null);

        boolean fit(AccessTokenEntry token) {
            return tokenType.equalsIgnoreCase(token.tokenType())
                    && same(resource, token.resource())
                    && same(keyId, token.keyId())
                    && same(variant, token.variant());
        }

        @Override
        public String toString() {
            return PrintableText.of("Bindings[" + resource + ", key " + keyId + "]");
        }
    }

    private AccessTokenQuery(String clientId, String realm, Scopes lookup, Scopes defaults, Bindings bindings) {
        this.clientId = clientId;
        this.realm = realm;
        this.lookup = lookup;
        this.defaults = defaults;
        this.bindings = bindings;
        this.scopes = lookup.isEmpty() && bindings.resource == null ? defaults : lookup;
    }

    /**
     * Asks for a bearer token, of an application that adds the usual scopes to its requests.
     *
     * @param realm the tenant the token must be for
     * @param scopes the scopes of the request; those of OpenID Connect are left out as {@link Scopes#forLookup()} says
     */
    public static AccessTokenQuery of(String clientId, String realm, Scopes scopes) {
        return of(clientId, realm, scopes, Scopes.DEFAULTS);
    }

    /**
     * Asks for a bearer token.
     *
     * @param defaults what the application adds to every request. Without scopes of its own, and without a resource, a
     *     request asks for a token of these, not for just any
     */
    public static AccessTokenQuery of(String clientId, String realm, Scopes scopes, Scopes defaults) {
        return new AccessTokenQuery(clientId, realm, scopes.forLookup(), defaults.forLookup(), Bindings.NONE);
    }

    /** Asks for a token of this type that is bound to this key. */
    public AccessTokenQuery boundTo(String tokenType, @Nullable String keyId) {
        String type = tokenType.equalsIgnoreCase(AccessTokenEntry.BEARER) ? AccessTokenEntry.BEARER : tokenType;
        return bound(new Bindings(type, bindings.resource, keyId, bindings.variant));
    }

    /** Asks for a token for this resource (RFC 8707), or for none. */
    public AccessTokenQuery resource(@Nullable String value) {
        return same(value, bindings.resource)
                ? this
                : bound(new Bindings(bindings.tokenType, value, bindings.keyId, bindings.variant));
    }

    /** Asks for a token that was shaped by the same further parts of a request, as {@link TokenVariant} tells. */
    public AccessTokenQuery variant(@Nullable String value) {
        return same(value, bindings.variant)
                ? this
                : bound(new Bindings(bindings.tokenType, bindings.resource, bindings.keyId, value));
    }

    private AccessTokenQuery bound(Bindings other) {
        return new AccessTokenQuery(clientId, realm, lookup, defaults, other);
    }

    /** Whether this asks for a bearer token of the same client with these properties. */
    public boolean isFor(String inRealm, Scopes scopesOfRequest, @Nullable String resource, @Nullable String variant) {
        return lookup.equals(scopesOfRequest.forLookup())
                && realm.equals(inRealm)
                && same(bindings.resource, resource)
                && same(bindings.variant, variant)
                && bindings.keyId == null;
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

    /** Whether everything but the scopes fits. */
    boolean fits(AccessTokenEntry token) {
        return clientId.equals(token.clientId()) && realm.equalsIgnoreCase(token.realm()) && bindings.fit(token);
    }

    private static boolean same(@Nullable String wanted, @Nullable String actual) {
        return wanted == null ? actual == null : wanted.equals(actual);
    }

    @Override
    public boolean equals(Object other) {
        return this == other
                || (other instanceof AccessTokenQuery that
                        && clientId.equals(that.clientId)
                        && realm.equalsIgnoreCase(that.realm)
                        && scopes.equals(that.scopes)
                        && bindings.equals(that.bindings));
    }

    @Override
    public int hashCode() {
        return Objects.hash(clientId, scopes, bindings);
    }

    @Override
    public String toString() {
        return PrintableText.of("AccessTokenQuery[" + bindings.tokenType + " for " + scopes + " in '" + realm + "']");
    }
}
