package dev.latchkey;

import dev.latchkey.core.Scopes;
import dev.latchkey.core.account.Account;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Base class of requests that send the user to the authority. Immutable and thread-safe.
 *
 * <p>All {@code scopes} must belong to one resource; put those of others into {@link Builder#extraScopesToConsent}.
 */
public abstract sealed class InteractiveRequest permits PopupRequest, RedirectRequest {
    private final Builder<?> values;

    InteractiveRequest(Builder<?> values) {
        this.values = values;
    }

    /** The requested scopes. */
    public final Scopes scopes() {
        return values.scopes;
    }

    /** See {@link Builder#account}. */
    public final Optional<Account> account() {
        return Optional.ofNullable(values.account);
    }

    /** See {@link Builder#loginHint}. */
    public final Optional<String> loginHint() {
        return Optional.ofNullable(values.loginHint);
    }

    /** See {@link Builder#domainHint}. */
    public final Optional<String> domainHint() {
        return Optional.ofNullable(values.domainHint);
    }

    /** See {@link Builder#prompt}. */
    public final Optional<String> prompt() {
        return Optional.ofNullable(values.prompt);
    }

    /** See {@link Builder#extraScopesToConsent}. */
    public final Scopes extraScopesToConsent() {
        return values.extraScopesToConsent;
    }

    /** See {@link Builder#claims}. */
    public final Optional<String> claims() {
        return Optional.ofNullable(values.claims);
    }

    /** See {@link Builder#resource}. */
    public final Optional<String> resource() {
        return Optional.ofNullable(values.resource);
    }

    /** See {@link Builder#authority}. */
    public final Optional<String> authority() {
        return Optional.ofNullable(values.authority);
    }

    /** See {@link Builder#tenantId}. */
    public final Optional<String> tenantId() {
        return Optional.ofNullable(values.tenantId);
    }

    /** See {@link Builder#maxAge}. */
    public final Optional<Duration> maxAge() {
        return Optional.ofNullable(values.maxAge);
    }

    /** See {@link Builder#extraQueryParameters}. */
    public final Map<String, String> extraQueryParameters() {
        return values.extraQueryParameters;
    }

    /** See {@link Builder#extraParameters}. */
    public final Map<String, String> extraParameters() {
        return values.extraParameters;
    }

    /** See {@link Builder#storeInCache}. */
    public final StoreInCache storeInCache() {
        return values.storeInCache;
    }

    /** See {@link Builder#correlationId}. */
    public final Optional<String> correlationId() {
        return Optional.ofNullable(values.correlationId);
    }

    /** See {@link Builder#state}. */
    public final Optional<String> state() {
        return Optional.ofNullable(values.state);
    }

    /** See {@link Builder#cacheKeyComponent}. */
    public final Optional<String> cacheKeyComponent() {
        return Optional.ofNullable(values.cacheKeyComponent);
    }

    /** The extra parameters of the authorization and token requests; if a name is in both, both values count. */
    public final Map<String, String> allExtraParameters() {
        Map<String, String> extras = new LinkedHashMap<>(values.extraQueryParameters);
        values.extraParameters.forEach((name, value) ->
                extras.merge(name, value, (one, other) -> one.equals(other) ? one : one + "\n" + other));
        return extras;
    }

    @Override
    public String toString() {
        return getClass().getSimpleName() + "[" + values.scopes + "]";
    }

    /**
     * Builds a request. Not thread-safe; requests already built do not change.
     *
     * @param <B> the builder itself
     */
    public abstract static sealed class Builder<B extends Builder<B>>
            permits PopupRequest.Builder, RedirectRequest.Builder {
        private final Scopes scopes;
        private @Nullable Account account;
        private @Nullable String loginHint;
        private @Nullable String domainHint;
        private @Nullable String prompt;
        private Scopes extraScopesToConsent = Scopes.NONE;
        private @Nullable String claims;
        private @Nullable String resource;
        private @Nullable String authority;
        private @Nullable String tenantId;
        private @Nullable Duration maxAge;
        private Map<String, String> extraQueryParameters = Map.of();
        private Map<String, String> extraParameters = Map.of();
        private StoreInCache storeInCache = StoreInCache.ALL;
        private @Nullable String correlationId;
        private @Nullable String state;
        private @Nullable String cacheKeyComponent;

        Builder(Scopes scopes) {
            this.scopes = scopes;
        }

        Builder(Builder<?> from) {
            this.scopes = from.scopes;
            this.account = from.account;
            this.loginHint = from.loginHint;
            this.domainHint = from.domainHint;
            this.prompt = from.prompt;
            this.extraScopesToConsent = from.extraScopesToConsent;
            this.claims = from.claims;
            this.resource = from.resource;
            this.authority = from.authority;
            this.tenantId = from.tenantId;
            this.maxAge = from.maxAge;
            this.extraQueryParameters = from.extraQueryParameters;
            this.extraParameters = from.extraParameters;
            this.storeInCache = from.storeInCache;
            this.correlationId = from.correlationId;
            this.state = from.state;
            this.cacheKeyComponent = from.cacheKeyComponent;
        }

        /**
         * The expected account: a hint for the sign-in page. Default: for a popup the active account, unless a login hint
         * is given; for a redirect none, because a server serves many users.
         */
        public final B account(@Nullable Account value) {
            this.account = value;
            return self();
        }

        /** The user expected to sign in, for example a user name. Takes precedence over the account. Default none. */
        public final B loginHint(@Nullable String value) {
            this.loginHint = value;
            return self();
        }

        /** The user's domain, to skip home-realm discovery. Default none. */
        public final B domainHint(@Nullable String value) {
            this.domainHint = value;
            return self();
        }

        /** One of {@link Prompt}. Default: the authority decides. */
        public final B prompt(@Nullable String value) {
            this.prompt = value;
            return self();
        }

        /**
         * Scopes of other resources to request consent for now, so that they can be acquired silently later. Default
         * none.
         */
        public final B extraScopesToConsent(Scopes value) {
            this.extraScopesToConsent = value;
            return self();
        }

        /** A claims challenge (OpenID Connect Core 5.5), for example {@code AuthException.claims()}. Default none. */
        public final B claims(@Nullable String value) {
            this.claims = value;
            return self();
        }

        /** The resource the token is for (RFC 8707). Default none. */
        public final B resource(@Nullable String value) {
            this.resource = value;
            return self();
        }

        /** The authority, for example another B2C policy. Default: the application's. */
        public final B authority(@Nullable String value) {
            this.authority = value;
            return self();
        }

        /** The tenant. Entra only. Default: the authority's. */
        public final B tenantId(@Nullable String value) {
            this.tenantId = value;
            return self();
        }

        /** The maximum age of the sign-in; checked against {@code auth_time}. Default: any age. */
        public final B maxAge(@Nullable Duration value) {
            this.maxAge = value;
            return self();
        }

        /**
         * Extra parameters of the authorization request; they cannot replace protocol parameters. Put those that shape
         * the token into a silent request's {@code extraParameters} as well; otherwise it is not served this token.
         * Default none.
         */
        public final B extraQueryParameters(Map<String, String> value) {
            this.extraQueryParameters = Map.copyOf(value);
            return self();
        }

        /** Extra parameters of the token request; they cannot replace protocol parameters. Default none. */
        public final B extraParameters(Map<String, String> value) {
            this.extraParameters = Map.copyOf(value);
            return self();
        }

        /** Which tokens are stored. Default all. */
        public final B storeInCache(StoreInCache value) {
            this.storeInCache = value;
            return self();
        }

        /** The correlation id of the call, for logs on both sides. Default: generated. */
        public final B correlationId(@Nullable String value) {
            this.correlationId = value;
            return self();
        }

        /** Any text for the result to return; it is kept locally and never sent. Default none. */
        public final B state(@Nullable String value) {
            this.state = value;
            return self();
        }

        /**
         * Keeps tokens apart: only silent requests with the same component are served them, and an existing refresh
         * token of the account is not replaced. Default none.
         */
        public final B cacheKeyComponent(@Nullable String value) {
            this.cacheKeyComponent = value;
            return self();
        }

        abstract B self();
    }
}
