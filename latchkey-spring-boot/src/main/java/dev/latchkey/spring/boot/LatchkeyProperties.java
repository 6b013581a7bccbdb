package dev.latchkey.spring.boot;

import dev.latchkey.OfflineAccess;
import dev.latchkey.core.authorize.ResponseMode;
import dev.latchkey.core.discovery.AuthorityKind;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The properties under {@code latchkey}.
 *
 * @param clientId Client id of the registration. Required unless a ClientApplication bean is defined.
 * @param clientSecret Secret of the registration. Without one the application is a public client.
 * @param authority Address of the authority, for example https://login.microsoftonline.com/your-tenant-id or an OpenID
 *     Connect issuer.
 * @param authorityKind Kind of the authority. By default derived from its address.
 * @param knownAuthorities Additional hosts that are trusted without instance discovery.
 * @param clientCapabilities Capabilities of the client, for example cp1 for claims challenges. Requests for protected
 *     resources respond to these challenges.
 * @param defaultScopes Scopes added to every request, besides openid.
 * @param offlineAccess When to ask for a refresh token by the scope offline_access.
 * @param trustedAudiences Further audiences that ID tokens of this application may name.
 * @param idTokenSignedResponseAlg Algorithm of ID token signatures that the registration names, for example HS256. By
 *     default any asymmetric one.
 * @param defaultTokenLifetime Lifetime of access tokens whose response states none.
 * @param proxy HTTP proxy for calls to the authority: system (the JVM's), environment (HTTPS_PROXY, NO_PROXY), none, or
 *     the address of a proxy such as http://user:password@proxy.example:3128.
 * @param protectedResources Addresses to which RestClient and WebClient calls send a token.
 * @param web Web endpoints for pages that use latchkey.js.
 * @param store Store for tokens and sessions.
 */
@ConfigurationProperties("latchkey")
public record LatchkeyProperties(
        @Nullable String clientId,
        @Nullable String clientSecret,

        @DefaultValue("https://login.microsoftonline.com/common")
        String authority,

        @Nullable AuthorityKind authorityKind,
        @DefaultValue List<String> knownAuthorities,
        @DefaultValue List<String> clientCapabilities,
        @DefaultValue({"profile", "offline_access"}) List<String> defaultScopes,
        @DefaultValue("auto") OfflineAccess offlineAccess,
        @DefaultValue List<String> trustedAudiences,
        @Nullable String idTokenSignedResponseAlg,
        @DefaultValue("1h") Duration defaultTokenLifetime,
        @DefaultValue("system") String proxy,
        @DefaultValue List<Resource> protectedResources,
        @DefaultValue Web web,
        @DefaultValue Store store) {

    /** Omits the secrets. */
    @Override
    public String toString() {
        return "LatchkeyProperties[clientId=" + clientId + ", authority=" + authority + "]";
    }

    /**
     * The web endpoints.
     *
     * @param enabled Whether to serve them.
     * @param pathPrefix Path under which they are served. The redirect URI to register is the address of the site,
     *     followed by this path and /callback.
     * @param publicUri Address of the site as browsers see it. By default taken from each request, which behind a proxy
     *     requires server.forward-headers-strategy.
     * @param sessionTimeout How long an unused session lasts.
     * @param tokensStayOnServer Whether to keep tokens away from the page, which then calls APIs through this server
     *     only.
     * @param allowOtherTenants Whether pages may name other tenants or policies on the authority's host.
     * @param responseMode How the authority sends its responses to the callback, query or form-post.
     * @param rolesClaim Claim of the ID token that lists the user's roles.
     */
    public record Web(
            @DefaultValue("true") boolean enabled,
            @DefaultValue("/latchkey") String pathPrefix,
            @Nullable URI publicUri,
            @DefaultValue("12h") Duration sessionTimeout,
            @DefaultValue("false") boolean tokensStayOnServer,
            @DefaultValue("false") boolean allowOtherTenants,
            @DefaultValue("query") ResponseMode responseMode,
            @DefaultValue("roles") String rolesClaim) {}

    /**
     * The store.
     *
     * @param directory Directory for an encrypted store, which needs latchkey-store-file. By default tokens and sessions
     *     are kept in memory.
     */
    public record Store(@Nullable Path directory) {}

    /**
     * Addresses to which calls send a token: this scheme, host and port, and this path or a path below it.
     *
     * @param uri Base address.
     * @param scopes Scopes that the token must have. If empty, calls there send no token.
     * @param methods HTTP methods that this applies to. If empty, all.
     */
    public record Resource(
            @Nullable URI uri,
            @DefaultValue List<String> scopes,
            @DefaultValue Set<String> methods) {}
}
