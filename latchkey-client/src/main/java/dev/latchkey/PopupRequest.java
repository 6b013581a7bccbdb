package dev.latchkey;

import dev.latchkey.core.Scopes;
import dev.latchkey.core.account.Account;
import dev.latchkey.core.cache.TokenVariant;
import dev.latchkey.interaction.LoopbackOptions;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What {@code acquireTokenPopup} and {@code loginPopup} are asked for. Immutable and thread-safe.
 *
 * <p>All {@code scopes} belong to one resource; those of others go into {@link Builder#extraScopesToConsent}.
 */
public final class PopupRequest {
    private final Builder values;

    private PopupRequest(Builder values) {
        this.values = values;
    }

    /** A request for these scopes. */
    public static PopupRequest of(String... scopes) {
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

    /** Starts from this request. */
    public Builder toBuilder() {
        return new Builder(values);
    }

    /** What is asked for. */
    public Scopes scopes() {
        return values.scopes;
    }

    /** See {@link Builder#account}. */
    public Optional<Account> account() {
        return Optional.ofNullable(values.account);
    }

    /** See {@link Builder#loginHint}. */
    public Optional<String> loginHint() {
        return Optional.ofNullable(values.loginHint);
    }

    /** See {@link Builder#domainHint}. */
    public Optional<String> domainHint() {
        return Optional.ofNullable(values.domainHint);
    }

    /** See {@link Builder#prompt}. */
    public Optional<String> prompt() {
        return Optional.ofNullable(values.prompt);
    }

    /** See {@link Builder#extraScopesToConsent}. */
    public Scopes extraScopesToConsent() {
        return values.extraScopesToConsent;
    }

    /** See {@link Builder#claims}. */
    public Optional<String> claims() {
        return Optional.ofNullable(values.claims);
    }

    /** See {@link Builder#resource}. */
    public Optional<String> resource() {
        return Optional.ofNullable(values.resource);
    }

    /** See {@link Builder#authority}. */
    public Optional<String> authority() {
        return Optional.ofNullable(values.authority);
    }

    /** See {@link Builder#tenantId}. */
    public Optional<String> tenantId() {
        return Optional.ofNullable(values.tenantId);
    }

    /** See {@link Builder#maxAge}. */
    public Optional<Duration> maxAge() {
        return Optional.ofNullable(values.maxAge);
    }

    /** See {@link Builder#extraQueryParameters}. */
    public Map<String, String> extraQueryParameters() {
        return values.extraQueryParameters;
    }

    /** See {@link Builder#extraParameters}. */
    public Map<String, String> extraParameters() {
        return values.extraParameters;
    }

    /** See {@link Builder#storeInCache}. */
    public StoreInCache storeInCache() {
        return values.storeInCache;
    }

    /** See {@link Builder#correlationId}. */
    public Optional<String> correlationId() {
        return Optional.ofNullable(values.correlationId);
    }

    /** See {@link Builder#state}. */
    public Optional<String> state() {
        return Optional.ofNullable(values.state);
    }

    /** See {@link Builder#cacheKeyComponent}. */
    public Optional<String> cacheKeyComponent() {
        return Optional.ofNullable(values.cacheKeyComponent);
    }

    /** See {@link Builder#redirectPath}. */
    public Optional<String> redirectPath() {
        return Optional.ofNullable(values.redirectPath);
    }

    /** The extra parameters of both requests; of one name in both, both count. */
    public Map<String, String> allExtraParameters() {
        Map<String, String> extras = new LinkedHashMap<>(values.extraQueryParameters);
        values.extraParameters.forEach((name, value) ->
                extras.merge(name, value, (one, other) -> one.equals(other) ? one : one + "\n" + other));
        return extras;
    }

    /** For the engine: what of the request shapes the token besides scopes and resource; null if nothing does. */
    public @Nullable String variantOrNull() {
        return TokenVariant.of(values.claims, allExtraParameters(), values.cacheKeyComponent);
    }

    /** See {@link Builder#timeout}. */
    public Optional<Duration> timeout() {
        return Optional.ofNullable(values.timeout);
    }

    /** See {@link Builder#overrideInteractionInProgress}. */
    public boolean overrideInteractionInProgress() {
        return values.overrideInteractionInProgress;
    }

    @Override
    public String toString() {
        return "PopupRequest[" + values.scopes + "]";
    }

    /** Collects a request. Not thread-safe; what has been built does not change. */
    public static final class Builder {
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
        private @Nullable Duration timeout;
        private boolean overrideInteractionInProgress;
        private @Nullable String cacheKeyComponent;
        private @Nullable String redirectPath;

        private Builder(Scopes scopes) {
            this.scopes = scopes;
        }

        private Builder(Builder from) {
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
            this.timeout = from.timeout;
            this.overrideInteractionInProgress = from.overrideInteractionInProgress;
            this.cacheKeyComponent = from.cacheKeyComponent;
            this.redirectPath = from.redirectPath;
        }

        /**
         * Whom the call is about: a hint for the sign-in page. Default: the active account, unless a login hint is
         * given.
         */
        public Builder account(@Nullable Account value) {
            this.account = value;
            return this;
        }

        /** Who is expected to sign in, for example a user name. Wins over the account. Default none. */
        public Builder loginHint(@Nullable String value) {
            this.loginHint = value;
            return this;
        }

        /** The domain of the person, to skip home-realm discovery. Default none. */
        public Builder domainHint(@Nullable String value) {
            this.domainHint = value;
            return this;
        }

        /** One of {@link Prompt}. Default: whatever the authority finds right. */
        public Builder prompt(@Nullable String value) {
            this.prompt = value;
            return this;
        }

        /** Scopes of other resources to get consent for now, to be had silently later. Default none. */
        public Builder extraScopesToConsent(Scopes value) {
            this.extraScopesToConsent = value;
            return this;
        }

        /** A claims challenge (OpenID Connect Core 5.5), for example {@code AuthException.claims()}. Default none. */
        public Builder claims(@Nullable String value) {
            this.claims = value;
            return this;
        }

        /** The resource the token is for (RFC 8707). Default none. */
        public Builder resource(@Nullable String value) {
            this.resource = value;
            return this;
        }

        /** Of which authority, for example another B2C policy. Default: the application's. */
        public Builder authority(@Nullable String value) {
            this.authority = value;
            return this;
        }

        /** In which tenant. Entra only. Default: the authority's. */
        public Builder tenantId(@Nullable String value) {
            this.tenantId = value;
            return this;
        }

        /** How old the sign-in may be; checked against {@code auth_time}. Default: any age. */
        public Builder maxAge(@Nullable Duration value) {
            this.maxAge = value;
            return this;
        }

        /**
         * More parameters of the authorization request; none can replace one of the protocol's. Those that shape the token
         * go into a silent request's {@code extraParameters} as well, or it is not served this token. Default none.
         */
        public Builder extraQueryParameters(Map<String, String> value) {
            this.extraQueryParameters = Map.copyOf(value);
            return this;
        }

        /** More parameters of the token request; none can replace one of the protocol's. Default none. */
        public Builder extraParameters(Map<String, String> value) {
            this.extraParameters = Map.copyOf(value);
            return this;
        }

        /** Which tokens are stored. Default all. */
        public Builder storeInCache(StoreInCache value) {
            this.storeInCache = value;
            return this;
        }

        /** The id of the call, for logs on both sides. Default: made up. */
        public Builder correlationId(@Nullable String value) {
            this.correlationId = value;
            return this;
        }

        /** Anything the result shall bring back; it stays here and is not sent. Default nothing. */
        public Builder state(@Nullable String value) {
            this.state = value;
            return this;
        }

        /** How long the person may take. Default: the application's setting, 5 minutes. */
        public Builder timeout(@Nullable Duration value) {
            this.timeout = value;
            return this;
        }

        /**
         * Whether a running interaction is cancelled in favour of this one; it fails with {@code
         * interaction_in_progress_cancelled}. Default false.
         */
        public Builder overrideInteractionInProgress(boolean value) {
            this.overrideInteractionInProgress = value;
            return this;
        }

        /**
         * Keeps the tokens of some requests apart: only silent requests with the same component are served them, and a
         * refresh token that the account has already is not replaced. Default none.
         */
        public Builder cacheKeyComponent(@Nullable String value) {
            this.cacheKeyComponent = value;
            return this;
        }

        /**
         * The path of the loopback redirect URI for this request, as registered at its authority. An application that
         * uses several issuers needs one for each of them that sends no {@code iss} with its answers (RFC 9207, RFC 9700
         * section 4.4.2). Default: that of the application's loopback options.
         *
         * @throws IllegalArgumentException if it is no path, as for {@link LoopbackOptions.Builder#path}
         */
        public Builder redirectPath(@Nullable String value) {
            if (value != null) {
                LoopbackOptions.builder().path(value);
            }
            this.redirectPath = value;
            return this;
        }

        /** The request. */
        public PopupRequest build() {
            return new PopupRequest(new Builder(this));
        }
    }
}
