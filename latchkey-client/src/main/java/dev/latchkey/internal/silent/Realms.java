package dev.latchkey.internal.silent;

import dev.latchkey.CacheLookupPolicy;
import dev.latchkey.SilentRequest;
import dev.latchkey.core.Scopes;
import dev.latchkey.core.account.Account;
import dev.latchkey.core.account.PartitionKey;
import dev.latchkey.core.cache.AccessTokenQuery;
import dev.latchkey.core.cache.Partition;
import dev.latchkey.core.discovery.Authority;
import dev.latchkey.internal.authority.Authorities;
import dev.latchkey.internal.authority.Belonging;
import dev.latchkey.internal.authority.WireTarget;
import dev.latchkey.internal.environment.Settings;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Which authority a silent request is for, and under which tenant or policy its tokens are kept. */
public final class Realms {
    private static final RequestMemory<SilentRequest> MEMORY = RequestMemory.of(SilentRequest.class);
    private static final int LENGTH_OF_AN_ID = 36;

    private final Settings.Identity identity;
    private final Authorities authorities;
    private final Belonging belonging;
    private final RecentQueries queries;

    public Realms(Settings.Identity identity, Authorities authorities, Belonging belonging) {
        this.identity = identity;
        this.authorities = authorities;
        this.belonging = belonging;
        this.queries = new RecentQueries(
                identity.clientId(), identity.defaultScopes(identity.authority().kind()));
    }

    /** The tenant a token must be for: the request's, else that of its authority, else the account's. */
    String of(SilentRequest request, Account account) {
        String tenant = request.tenantId().orElse(null);
        if (tenant == null && request.authority().isEmpty()) {
            return account.tenantId();
        }
        // Tokens are kept by the tenant's id; its name has to be looked up, an id has not.
        if (tenant != null && tenant.length() == LENGTH_OF_AN_ID && tenant.indexOf('.') < 0) {
            return tenant;
        }
        String realm = authorities.realmOf(asked(request, tenant));
        return realm == null ? account.tenantId() : realm;
    }

    /** Who is asked: the request's authority or the application's, in the tenant that the call is for. */
    Authority authorityOf(SilentCall call) {
        Authority asked = asked(call.request(), call.request().tenantId().orElse(null));
        boolean namesTenant = call.request().authority().isPresent() && asked.realm() != null;
        return namesTenant || call.request().tenantId().isPresent() ? asked : asked.withRealm(call.realm());
    }

    /** A token of one issuer never serves a request for an authority of another, not even the application's own. */
    boolean mayServeFromCache(SilentRequest request, PartitionKey key, Partition partition) {
        String authority = request.authority().orElse(null);
        return authority == null
                ? belonging.isOwn(key, partition.issuerBinding())
                : belonging.isOf(key, partition.issuerBinding(), identity.named(authority));
    }

    /** What a cached token must be to serve a request in a realm. */
    AccessTokenQuery query(SilentRequest request, String realm) {
        String resource = request.resource().orElse(null);
        return queries.of(realm, named(request, resource), resource, variantOf(request));
    }

    /** A token holds the scopes that were sent for it, and those name their resource ({@link WireTarget}). */
    private Scopes named(SilentRequest request, @Nullable String resource) {
        boolean isNamed = resource != null && asked(request, null).kind().isEntraShaped();
        return isNamed ? request.scopes().ofResource(Objects.requireNonNull(resource)) : request.scopes();
    }

    /** What shapes the token besides scopes and resource; null if nothing does. */
    static @Nullable String variantOf(SilentRequest request) {
        return MEMORY.variant(request);
    }

    /** A request with claims takes no cached token, unless it allows the cache only. */
    static boolean mayTakeCachedToken(SilentRequest request) {
        CacheLookupPolicy policy = request.cacheLookupPolicy();
        return policy.usesAccessToken() && (request.claims().isEmpty() || policy == CacheLookupPolicy.ACCESS_TOKEN);
    }

    private Authority asked(SilentRequest request, @Nullable String tenant) {
        Authority own = identity.authority();
        String address = request.authority().orElse(null);
        Authority base = address == null ? own : identity.named(address);
        return tenant == null ? base : base.withRealm(tenant);
    }
}
