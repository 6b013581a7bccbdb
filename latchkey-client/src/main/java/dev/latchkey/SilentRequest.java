package dev.latchkey;

import dev.latchkey.core.Scopes;
import dev.latchkey.core.account.Account;
import dev.latchkey.core.cache.AccessTokenQuery;
import dev.latchkey.core.cache.TokenVariant;
import dev.latchkey.core.renewal.FreshSpan;
import dev.latchkey.store.StoredPartition;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A request for {@code acquireTokenSilent}. Immutable and thread-safe: build it once and use it for every call. It
 * remembers its last result from an in-memory store, which makes repeated calls cheapest; that token is not
 * garbage-collected as long as the request is kept.
 *
 * <p>Two requests are equal if everything that shapes the token is equal; the correlation id, the state and the timeout
 * do not count. Equal requests that run at the same time share one call to the authority.
 */
public final class SilentRequest {
    private final Scopes scopes;
    private final @Nullable Account account;
    private final @Nullable String authority;
    private final @Nullable String tenantId;
    private final @Nullable String claims;
    private final @Nullable String resource;
    private final CacheLookupPolicy cacheLookupPolicy;
    private final @Nullable Duration refreshTokenExpirationOffset;
    private final StoreInCache storeInCache;
    private final Map<String, String> extraParameters;
    private final @Nullable String correlationId;
    private final @Nullable String state;
    private final @Nullable Duration timeout;
    private final @Nullable String cacheKeyComponent;
    private final @Nullable String variant;

    /** Zero until it is asked for. */
    private int hash;

    /** The last look-up made for this request: a pure function of it, kept because it is asked on every call. */
    private @Nullable AccessTokenQuery lookup;

    /** The last answer from a cache but the first: a request that is built for each call has no second. */
    private @Nullable CachedAnswer answer;

    private boolean answered;

    private SilentRequest(Builder builder) {
        this.scopes = builder.scopes;
        this.account = builder.account;
        this.authority = builder.authority;
        this.tenantId = builder.tenantId;
        this.claims = builder.claims;
        this.resource = builder.resource;
        this.cacheLookupPolicy = builder.cacheLookupPolicy;
        this.refreshTokenExpirationOffset = builder.refreshTokenExpirationOffset;
        this.storeInCache = builder.storeInCache;
        this.extraParameters = builder.extraParameters;
        this.correlationId = builder.correlationId;
        this.state = builder.state;
        this.timeout = builder.timeout;
        this.cacheKeyComponent = builder.cacheKeyComponent;
        this.variant = TokenVariant.of(claims, extraParameters, cacheKeyComponent);
    }

    /** A request for these scopes and the active account. */
    public static SilentRequest of(String... scopes) {
        return builder(scopes).build();
    }

    /** Starts a request for these scopes, all of one resource. */
    public static Builder builder(String... scopes) {
        return new Builder(Scopes.of(scopes));
    }

    /** Starts a request for these scopes, all of one resource. */
    public static Builder builder(Scopes scopes) {
        return new Builder(scopes);
    }

    /** Starts a builder with the values of this request. */
    public Builder toBuilder() {
        return new Builder(this);
    }

    /** The requested scopes. */
    public Scopes scopes() {
        return scopes;
    }

    /** The account the token is for; empty means the active account. */
    public Optional<Account> account() {
        return Optional.ofNullable(account);
    }

    /** The authority; empty means the application's. */
    public Optional<String> authority() {
        return Optional.ofNullable(authority);
    }

    /** The tenant; empty means the account's. */
    public Optional<String> tenantId() {
        return Optional.ofNullable(tenantId);
    }

    /** The claims challenge to satisfy. */
    public Optional<String> claims() {
        return Optional.ofNullable(claims);
    }

    /** The resource the token is for (RFC 8707). */
    public Optional<String> resource() {
        return Optional.ofNullable(resource);
    }

    /** Where to look for a token. */
    public CacheLookupPolicy cacheLookupPolicy() {
        return cacheLookupPolicy;
    }

    /** How long a refresh token must still be valid to be sent; empty means the application's setting. */
    public Optional<Duration> refreshTokenExpirationOffset() {
        return Optional.ofNullable(refreshTokenExpirationOffset);
    }

    /** Which tokens to store. */
    public StoreInCache storeInCache() {
        return storeInCache;
    }

    /** Extra parameters of the token request. */
    public Map<String, String> extraParameters() {
        return extraParameters;
    }

    /** The correlation id of the call; empty means that one is generated if the network is needed. */
    public Optional<String> correlationId() {
        return Optional.ofNullable(correlationId);
    }

    /** The state that the result returns. */
    public Optional<String> state() {
        return Optional.ofNullable(state);
    }

    /** How long this caller waits. */
    public Optional<Duration> timeout() {
        return Optional.ofNullable(timeout);
    }

    /** The component that keeps the tokens of this request apart. */
    public Optional<String> cacheKeyComponent() {
        return Optional.ofNullable(cacheKeyComponent);
    }

    /**
     * For the engine: whether a cached token may be used. A request with claims takes none, unless it allows the cache
     * only.
     */
    public boolean mayTakeCachedToken() {
        return cacheLookupPolicy.usesAccessToken()
                && (claims == null || cacheLookupPolicy == CacheLookupPolicy.ACCESS_TOKEN);
    }

    /** For the engine: what shapes the token besides scopes and resource; null if nothing does. */
    public @Nullable String variantOrNull() {
        return variant;
    }

    /** For the engine, which must not allocate on a hit: {@link #account()} or null. */
    public @Nullable Account accountOrNull() {
        return account;
    }

    /** For the engine: {@link #authority()} or null. */
    public @Nullable String authorityOrNull() {
        return authority;
    }

    /** For the engine: {@link #tenantId()} or null. */
    public @Nullable String tenantIdOrNull() {
        return tenantId;
    }

    /** For the engine: {@link #correlationId()} or null. */
    public @Nullable String correlationIdOrNull() {
        return correlationId;
    }

    /** For the engine: {@link #state()} or null. */
    public @Nullable String stateOrNull() {
        return state;
    }

    /** For the engine: the query for cached tokens that can serve this request in a realm. */
    public AccessTokenQuery query(String clientId, String realm, Scopes defaultScopes) {
        AccessTokenQuery last = lookup;
        if (last == null || !last.isFor(clientId, realm, defaultScopes)) {
            last = AccessTokenQuery.of(clientId, realm, scopes, defaultScopes)
                    .resource(resource)
                    .variant(variant);
            lookup = last;
        }
        return last;
    }

    /** For the engine: the result that this asker remembered last, if it is fresh and still matches the store. */
    public @Nullable AuthenticationResult remembered(Object asker, InstantSource clock) {
        CachedAnswer last = answer;
        return last != null && last.isGood(asker, clock) ? last.result() : null;
    }

    /** For the engine: the result of {@link #remembered}, as the completed future that all callers share. */
    public @Nullable CompletableFuture<AuthenticationResult> rememberedFuture(Object asker, InstantSource clock) {
        CachedAnswer last = answer;
        return last != null && last.isGood(asker, clock) ? last.future() : null;
    }

    /** For the engine: keeps a result while the store keeps the partition it was made from and it is fresh. */
    public void remember(Object asker, AuthenticationResult result, StoredPartition madeFrom, FreshSpan fresh) {
        if (answered) {
            answer = new CachedAnswer(asker, result, madeFrom, fresh);
        }
        answered = true;
    }

    @Override
    public boolean equals(Object other) {
        return this == other
                || (other instanceof SilentRequest that
                        && hashCode() == that.hashCode()
                        && scopes.equals(that.scopes)
                        && Objects.equals(account, that.account)
                        && Objects.equals(authority, that.authority)
                        && Objects.equals(tenantId, that.tenantId)
                        && Objects.equals(claims, that.claims)
                        && Objects.equals(resource, that.resource)
                        && cacheLookupPolicy == that.cacheLookupPolicy
                        && Objects.equals(refreshTokenExpirationOffset, that.refreshTokenExpirationOffset)
                        && storeInCache.equals(that.storeInCache)
                        && Objects.equals(cacheKeyComponent, that.cacheKeyComponent)
                        && extraParameters.equals(that.extraParameters));
    }

    @Override
    public int hashCode() {
        int known = hash;
        if (known == 0) {
            known = Objects.hash(scopes, account, authority, tenantId, claims, resource, cacheLookupPolicy);
            hash = known;
        }
        return known;
    }

    @Override
    public String toString() {
        return "SilentRequest[" + scopes + (account == null ? "" : " for " + account) + "]";
    }

    /** Builds a request. Not thread-safe. */
    public static final class Builder {
        private final Scopes scopes;
        private @Nullable Account account;
        private @Nullable String authority;
        private @Nullable String tenantId;
        private @Nullable String claims;
        private @Nullable String resource;
        private CacheLookupPolicy cacheLookupPolicy = CacheLookupPolicy.DEFAULT;
        private @Nullable Duration refreshTokenExpirationOffset;
        private StoreInCache storeInCache = StoreInCache.ALL;
        private Map<String, String> extraParameters = Map.of();
        private @Nullable String correlationId;
        private @Nullable String state;
        private @Nullable Duration timeout;
        private @Nullable String cacheKeyComponent;

        private Builder(Scopes scopes) {
            this.scopes = scopes;
        }

        private Builder(SilentRequest from) {
            this.scopes = from.scopes;
            this.account = from.account;
            this.authority = from.authority;
            this.tenantId = from.tenantId;
            this.claims = from.claims;
            this.resource = from.resource;
            this.cacheLookupPolicy = from.cacheLookupPolicy;
            this.refreshTokenExpirationOffset = from.refreshTokenExpirationOffset;
            this.storeInCache = from.storeInCache;
            this.extraParameters = from.extraParameters;
            this.correlationId = from.correlationId;
            this.state = from.state;
            this.timeout = from.timeout;
            this.cacheKeyComponent = from.cacheKeyComponent;
        }

        /** The account. Default: the active account; without one the call fails with {@code no_account_error}. */
        public Builder account(@Nullable Account value) {
            this.account = value;
            return this;
        }

        /** The authority, for example another B2C policy. Default: the application's. */
        public Builder authority(@Nullable String value) {
            this.authority = value;
            return this;
        }

        /** The tenant, for a guest's token. Default: the account's. Entra only. */
        public Builder tenantId(@Nullable String value) {
            this.tenantId = value;
            return this;
        }

        /**
         * A claims challenge (OpenID Connect Core 5.5). The call uses the network unless the policy is {@link
         * CacheLookupPolicy#ACCESS_TOKEN}; the token serves only requests with the same claims. Default none.
         */
        public Builder claims(@Nullable String value) {
            this.claims = value;
            return this;
        }

        /**
         * The resource the token is for (RFC 8707). Default none; a token bound to a resource serves only that
         * resource.
         */
        public Builder resource(@Nullable String value) {
            this.resource = value;
            return this;
        }

        /** Where to look for a token. Default {@link CacheLookupPolicy#DEFAULT}. */
        public Builder cacheLookupPolicy(CacheLookupPolicy value) {
            this.cacheLookupPolicy = value;
            return this;
        }

        /** Uses no cached access token: the same as {@link CacheLookupPolicy#REFRESH_TOKEN_AND_NETWORK}. */
        public Builder forceRefresh() {
            return cacheLookupPolicy(CacheLookupPolicy.REFRESH_TOKEN_AND_NETWORK);
        }

        /** How long a refresh token must still be valid to be sent. Default: the application's setting, 300 s. */
        public Builder refreshTokenExpirationOffset(@Nullable Duration value) {
            this.refreshTokenExpirationOffset = value;
            return this;
        }

        /** Which tokens to store. Default all. */
        public Builder storeInCache(StoreInCache value) {
            this.storeInCache = value;
            return this;
        }

        /**
         * Extra token-request parameters, none of the protocol's; only a token acquired with the same ones is served.
         */
        public Builder extraParameters(Map<String, String> value) {
            this.extraParameters = Map.copyOf(value);
            return this;
        }

        /** The correlation id of the call, for logs on both sides. Default: generated if the network is needed. */
        public Builder correlationId(@Nullable String value) {
            this.correlationId = value;
            return this;
        }

        /** Any text for the result to return. Default none. */
        public Builder state(@Nullable String value) {
            this.state = value;
            return this;
        }

        /** How long this caller waits; others that share the call continue. Default: the application's setting. */
        public Builder timeout(@Nullable Duration value) {
            this.timeout = value;
            return this;
        }

        /** Keeps these tokens apart: only requests with the same component are served them. Default none. */
        public Builder cacheKeyComponent(@Nullable String value) {
            this.cacheKeyComponent = value;
            return this;
        }

        /** Builds the request. */
        public SilentRequest build() {
            return new SilentRequest(this);
        }
    }
}
