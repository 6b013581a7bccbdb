package dev.latchkey;

import dev.latchkey.core.Scopes;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What {@code ssoSilent} is asked for: a sign-in without asking anybody. Immutable and thread-safe. */
public final class SsoSilentRequest {
    private final Builder values;

    private SsoSilentRequest(Builder values) {
        this.values = values;
    }

    /** A request for whoever has a session. */
    public static SsoSilentRequest of(String... scopes) {
        return builder(scopes).build();
    }

    /** Starts a request for these scopes; none means just the sign-in. */
    public static Builder builder(String... scopes) {
        return builder(Scopes.of(scopes));
    }

    /** Starts a request for these scopes; none means just the sign-in. */
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

    /** Collects a request. Not thread-safe; what has been built does not change. */
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

        /** Whose session is meant, for example a user name. Default: anybody's. */
        public Builder loginHint(@Nullable String value) {
            this.loginHint = value;
            return this;
        }

        /** Which session is meant, by the {@code sid} claim. Default: any. */
        public Builder sid(@Nullable String value) {
            this.sid = value;
            return this;
        }

        /** The request. */
        public SsoSilentRequest build() {
            return new SsoSilentRequest(new Builder(this));
        }
    }
}
