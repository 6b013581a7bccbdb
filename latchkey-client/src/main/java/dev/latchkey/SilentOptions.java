package dev.latchkey;

import dev.latchkey.core.cache.TokenVariant;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What most silent requests leave at its default: apart from the request, so that one built for each call stays small.
 * Mutable in the builder; a request holds a copy that nobody changes.
 */
final class SilentOptions {
    static final SilentOptions NONE = new SilentOptions();

    @Nullable
    String authority;

    @Nullable
    String tenantId;

    @Nullable
    String claims;

    @Nullable
    String resource;

    CacheLookupPolicy cacheLookupPolicy = CacheLookupPolicy.DEFAULT;

    @Nullable
    Duration refreshTokenExpirationOffset;

    StoreInCache storeInCache = StoreInCache.ALL;
    Map<String, String> extraParameters = Map.of();

    @Nullable
    String correlationId;

    @Nullable
    String state;

    @Nullable
    Duration timeout;

    @Nullable
    String cacheKeyComponent;

    /** Computed by {@link #copy()}. */
    @Nullable
    String variant;

    SilentOptions copy() {
        SilentOptions copy = new SilentOptions();
        copy.authority = authority;
        copy.tenantId = tenantId;
        copy.claims = claims;
        copy.resource = resource;
        copy.cacheLookupPolicy = cacheLookupPolicy;
        copy.refreshTokenExpirationOffset = refreshTokenExpirationOffset;
        copy.storeInCache = storeInCache;
        copy.extraParameters = extraParameters;
        copy.correlationId = correlationId;
        copy.state = state;
        copy.timeout = timeout;
        copy.cacheKeyComponent = cacheKeyComponent;
        copy.variant = TokenVariant.of(claims, extraParameters, cacheKeyComponent);
        return copy;
    }

    /** Whether everything that shapes the token is equal; correlation id, state and timeout do not. */
    boolean asksTheSameAs(SilentOptions other) {
        return this == other
                || (Objects.equals(authority, other.authority)
                        && Objects.equals(tenantId, other.tenantId)
                        && Objects.equals(claims, other.claims)
                        && Objects.equals(resource, other.resource)
                        && cacheLookupPolicy == other.cacheLookupPolicy
                        && Objects.equals(refreshTokenExpirationOffset, other.refreshTokenExpirationOffset)
                        && storeInCache.equals(other.storeInCache)
                        && Objects.equals(cacheKeyComponent, other.cacheKeyComponent)
                        && extraParameters.equals(other.extraParameters));
    }

    /** A hash of what {@link #asksTheSameAs} compares. */
    int hash() {
        return Objects.hash(authority, tenantId, claims, resource, cacheLookupPolicy);
    }
}
