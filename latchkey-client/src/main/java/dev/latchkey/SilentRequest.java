package dev.latchkey;

import dev.latchkey.core.Scopes;
import dev.latchkey.core.account.Account;
import dev.latchkey.internal.silent.CachedAnswer;
import dev.latchkey.internal.silent.RequestMemory;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
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
    static {
        RequestMemory.register(new Memory());
    }

    private final Scopes scopes;
    private final @Nullable Account account;
    private final SilentOptions options;

    /** Zero until it is asked for. */
    private int hash;

    /** The last answer from a cache, from the second on: a request that is built for each call has no second. */
    private @Nullable CachedAnswer answer;

    private boolean answered;

    private SilentRequest(Builder builder) {
        this.scopes = builder.scopes;
        this.account = builder.account;
        this.options = builder.options == null ? SilentOptions.NONE : builder.options.copy();
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
        return Optional.ofNullable(options.authority);
    }

    /** The tenant; empty means the account's. */
    public Optional<String> tenantId() {
        return Optional.ofNullable(options.tenantId);
    }

    /** The claims challenge to satisfy. */
    public Optional<String> claims() {
        return Optional.ofNullable(options.claims);
    }

    /** The resource the token is for (RFC 8707). */
    public Optional<String> resource() {
        return Optional.ofNullable(options.resource);
    }

    /** Where to look for a token. */
    public CacheLookupPolicy cacheLookupPolicy() {
        return options.cacheLookupPolicy;
    }

    /** How long a refresh token must still be valid to be sent; empty means the application's setting. */
    public Optional<Duration> refreshTokenExpirationOffset() {
        return Optional.ofNullable(options.refreshTokenExpirationOffset);
    }

    /** Which tokens to store. */
    public StoreInCache storeInCache() {
        return options.storeInCache;
    }

    /** Extra parameters of the token request. */
    public Map<String, String> extraParameters() {
        return options.extraParameters;
    }

    /** The correlation id of the call; empty means that one is generated if the network is needed. */
    public Optional<String> correlationId() {
        return Optional.ofNullable(options.correlationId);
    }

    /** The state that the result returns. */
    public Optional<String> state() {
        return Optional.ofNullable(options.state);
    }

    /** How long this caller waits. */
    public Optional<Duration> timeout() {
        return Optional.ofNullable(options.timeout);
    }

    /** The component that keeps the tokens of this request apart. */
    public Optional<String> cacheKeyComponent() {
        return Optional.ofNullable(options.cacheKeyComponent);
    }

    @Override
    public boolean equals(Object other) {
        return this == other
                || (other instanceof SilentRequest that
                        && hashCode() == that.hashCode()
                        && scopes.equals(that.scopes)
                        && Objects.equals(account, that.account)
                        && options.asksTheSameAs(that.options));
    }

    @Override
    public int hashCode() {
        int known = hash;
        if (known == 0) {
            known = Objects.hash(scopes, account, options.hash());
            hash = known;
        }
        return known;
    }

    @Override
    public String toString() {
        return "SilentRequest[" + scopes + (account == null ? "" : " for " + account) + "]";
    }

    /** What the engine reads and keeps. */
    private static final class Memory extends RequestMemory<SilentRequest> {
        @Override
        protected @Nullable String variant(SilentRequest request) {
            return request.options.variant;
        }

        @Override
        protected @Nullable CachedAnswer answer(SilentRequest request) {
            return request.answer;
        }

        @Override
        protected void remember(SilentRequest request, CachedAnswer answer) {
            request.answer = answer;
        }

        @Override
        protected boolean markAnswered(SilentRequest request) {
            boolean before = request.answered;
            request.answered = true;
            return before;
        }
    }

    /** Builds a request. Not thread-safe. */
    public static final class Builder {
        private final Scopes scopes;
        private @Nullable Account account;
        private @Nullable SilentOptions options;

        private Builder(Scopes scopes) {
            this.scopes = scopes;
        }

        private Builder(SilentRequest from) {
            this.scopes = from.scopes;
            this.account = from.account;
            this.options = from.options.copy();
        }

        private SilentOptions options() {
            SilentOptions own = options;
            if (own == null) {
                own = new SilentOptions();
                options = own;
            }
            return own;
        }

        /** The account. Default: the active account; without one the call fails with {@code no_account_error}. */
        public Builder account(@Nullable Account value) {
            this.account = value;
            return this;
        }

        /** The authority, for example another B2C policy. Default: the application's. */
        public Builder authority(@Nullable String value) {
            options().authority = value;
            return this;
        }

        /** The tenant, for a guest's token. Default: the account's. Entra only. */
        public Builder tenantId(@Nullable String value) {
            options().tenantId = value;
            return this;
        }

        /**
         * A claims challenge (OpenID Connect Core 5.5). The call uses the network unless the policy is {@link
         * CacheLookupPolicy#ACCESS_TOKEN}; the token serves only requests with the same claims. Default none.
         */
        public Builder claims(@Nullable String value) {
            options().claims = value;
            return this;
        }

        /**
         * The resource the token is for (RFC 8707). Default none; a token bound to a resource serves only that
         * resource.
         */
        public Builder resource(@Nullable String value) {
            options().resource = value;
            return this;
        }

        /** Where to look for a token. Default {@link CacheLookupPolicy#DEFAULT}. */
        public Builder cacheLookupPolicy(CacheLookupPolicy value) {
            options().cacheLookupPolicy = value;
            return this;
        }

        /** Uses no cached access token: the same as {@link CacheLookupPolicy#REFRESH_TOKEN_AND_NETWORK}. */
        public Builder forceRefresh() {
            return cacheLookupPolicy(CacheLookupPolicy.REFRESH_TOKEN_AND_NETWORK);
        }

        /** How long a refresh token must still be valid to be sent. Default: the application's setting, 300 s. */
        public Builder refreshTokenExpirationOffset(@Nullable Duration value) {
            options().refreshTokenExpirationOffset = value;
            return this;
        }

        /** Which tokens to store. Default all. */
        public Builder storeInCache(StoreInCache value) {
            options().storeInCache = value;
            return this;
        }

        /**
         * Extra token-request parameters, none of the protocol's; only a token acquired with the same ones is served.
         */
        public Builder extraParameters(Map<String, String> value) {
            options().extraParameters = Map.copyOf(value);
            return this;
        }

        /** The correlation id of the call, for logs on both sides. Default: generated if the network is needed. */
        public Builder correlationId(@Nullable String value) {
            options().correlationId = value;
            return this;
        }

        /** Any text for the result to return. Default none. */
        public Builder state(@Nullable String value) {
            options().state = value;
            return this;
        }

        /** How long this caller waits; others that share the call continue. Default: the application's setting. */
        public Builder timeout(@Nullable Duration value) {
            options().timeout = value;
            return this;
        }

        /** Keeps these tokens apart: only requests with the same component are served them. Default none. */
        public Builder cacheKeyComponent(@Nullable String value) {
            options().cacheKeyComponent = value;
            return this;
        }

        /** Builds the request. */
        public SilentRequest build() {
            return new SilentRequest(this);
        }
    }
}
