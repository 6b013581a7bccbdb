package dev.latchkey;

import dev.latchkey.core.account.Account;
import java.net.URI;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A sign-out request (OpenID Connect RP-Initiated Logout 1.0). Immutable and thread-safe. */
public final class LogoutRequest {
    private final Builder values;

    private LogoutRequest(Builder values) {
        this.values = values;
    }

    /** A request that signs an account out and revokes its refresh token. */
    public static LogoutRequest of(Account account) {
        return builder(account).build();
    }

    /** Starts a request for an account. */
    public static Builder builder(Account account) {
        return new Builder(account);
    }

    /** Starts a builder with the values of this request. */
    public Builder toBuilder() {
        return new Builder(values);
    }

    /** The account to sign out. */
    public Account account() {
        return values.account;
    }

    /** See {@link Builder#authority}. */
    public Optional<String> authority() {
        return Optional.ofNullable(values.authority);
    }

    /** See {@link Builder#postLogoutRedirectUri}. */
    public Optional<URI> postLogoutRedirectUri() {
        return Optional.ofNullable(values.postLogoutRedirectUri);
    }

    /** See {@link Builder#logoutHint}. */
    public Optional<String> logoutHint() {
        return Optional.ofNullable(values.logoutHint);
    }

    /** See {@link Builder#state}. */
    public Optional<String> state() {
        return Optional.ofNullable(values.state);
    }

    /** See {@link Builder#revoke}. */
    public boolean revoke() {
        return values.revoke;
    }

    /** See {@link Builder#idTokenHint}. */
    public boolean idTokenHint() {
        return values.idTokenHint;
    }

    @Override
    public String toString() {
        return "LogoutRequest[" + values.account + "]";
    }

    /** Builds a request. Not thread-safe; requests already built do not change. */
    public static final class Builder {
        private final Account account;
        private @Nullable String authority;
        private @Nullable URI postLogoutRedirectUri;
        private @Nullable String logoutHint;
        private @Nullable String state;
        private boolean revoke = true;
        private boolean idTokenHint = true;

        private Builder(Account account) {
            this.account = account;
        }

        private Builder(Builder from) {
            this.account = from.account;
            this.authority = from.authority;
            this.postLogoutRedirectUri = from.postLogoutRedirectUri;
            this.logoutHint = from.logoutHint;
            this.state = from.state;
            this.revoke = from.revoke;
            this.idTokenHint = from.idTokenHint;
        }

        /**
         * The authority to sign out at; nothing is sent there unless the account belongs to it. Default: the
         * application's if the account is of its issuer, otherwise the one where the account signed in.
         */
        public Builder authority(@Nullable String value) {
            this.authority = value;
            return this;
        }

        /**
         * Where the authority sends the user afterwards; must be registered there. Default: its own page, which Amazon
         * Cognito does not have: there the user sees an error.
         */
        public Builder postLogoutRedirectUri(@Nullable URI value) {
            this.postLogoutRedirectUri = value;
            return this;
        }

        /** Tells the authority which user's session to end. Default: the account's {@code login_hint} claim. */
        public Builder logoutHint(@Nullable String value) {
            this.logoutHint = value;
            return this;
        }

        /** Returned to the redirect URI. Default none. */
        public Builder state(@Nullable String value) {
            this.state = value;
            return this;
        }

        /** Whether to revoke the refresh token too, if the authority supports it (RFC 7009). Default true. */
        public Builder revoke(boolean value) {
            this.revoke = value;
            return this;
        }

        /**
         * Whether the address contains the ID token, so that the authority need not ask who signs out. Default true.
         */
        public Builder idTokenHint(boolean value) {
            this.idTokenHint = value;
            return this;
        }

        /** Builds the request. */
        public LogoutRequest build() {
            return new LogoutRequest(new Builder(this));
        }
    }
}
