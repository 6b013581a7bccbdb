package dev.latchkey;

import dev.latchkey.core.Scopes;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A request for {@code ssoSilent}: a sign-in without user interaction. Immutable and thread-safe. */
public final class SsoSilentRequest {
    private final Builder values;

    private SsoSilentRequest(Builder values) {
        this.values = values;
    }

    /** A request for these scopes, without a hint. */
    public static SsoSilentRequest of(String... scopes) {
        return builder(scopes).build();
    }

    /** Starts a request for these scopes; none means sign-in only. */
    public static Builder builder(String... scopes) {
        return builder(Scopes.of(scopes));
    }

    /** Starts a request for these scopes; none means sign-in only. */
    public static Builder builder(Scopes scopes) {
        return new Builder(scopes);
    }

    /** Starts a builder with the values of this request. */
    public Builder toBuilder() {
        return new Builder(values);
    }

    /** The requested scopes. */
    public Scopes scopes() {
        return values.scopes;
    }

    /** See {@link Builder#loginHint}. */
    public Optional<String> loginHint() {
        return Optional.ofNullable(values.loginHint);
    }

    /** See {@link Builder#sid}. */
    public Optional<String> sid() {
        return Optional.ofNullable(values.sid);
    }

    @Override
    public String toString() {
        return "SsoSilentRequest[" + values.scopes + "]";
    }

    /** Builds a request. Not thread-safe; requests already built do not change. */
    public static final class Builder {
        private final Scopes scopes;
        private @Nullable String loginHint;
        private @Nullable String sid;

        private Builder(Scopes scopes) {
            this.scopes = scopes;
        }

        private Builder(Builder from) {
            this.scopes = from.scopes;
            this.loginHint = from.loginHint;
            this.sid = from.sid;
        }

        /** The user whose session to use, for example a user name. Default: any user. */
        public Builder loginHint(@Nullable String value) {
            this.loginHint = value;
            return this;
        }

        /** The session to use, by its {@code sid} claim. Default: any. */
        public Builder sid(@Nullable String value) {
            this.sid = value;
            return this;
        }

        /** Builds the request. */
        public SsoSilentRequest build() {
            return new SsoSilentRequest(new Builder(this));
        }
    }
}
