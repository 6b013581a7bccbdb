package dev.latchkey;

import dev.latchkey.core.Scopes;
import java.net.URI;

/**
 * A request for {@code acquireTokenRedirect}: the requested scopes and the redirect URI to which the authority sends
 * the user afterwards. Immutable and thread-safe.
 */
public final class RedirectRequest extends InteractiveRequest {
    private final Builder values;

    private RedirectRequest(Builder values) {
        super(values);
        this.values = values;
    }

    /** A request for these scopes; the redirect URI must be registered at the authority. */
    public static RedirectRequest of(URI redirectUri, String... scopes) {
        return builder(redirectUri, scopes).build();
    }

    /** Starts a request for these scopes, all of one resource; the redirect URI must be registered at the authority. */
    public static Builder builder(URI redirectUri, String... scopes) {
        return new Builder(redirectUri, Scopes.of(scopes));
    }

    /** Starts a request for these scopes, all of one resource; the redirect URI must be registered at the authority. */
    public static Builder builder(URI redirectUri, Scopes scopes) {
        return new Builder(redirectUri, scopes);
    }

    /** Starts a builder with the values of this request. */
    public Builder toBuilder() {
        return new Builder(values);
    }

    /** The redirect URI that receives the response. */
    public URI redirectUri() {
        return values.redirectUri;
    }

    /** Builds a request. Not thread-safe; requests already built do not change. */
    public static final class Builder extends InteractiveRequest.Builder<Builder> {
        private final URI redirectUri;

        private Builder(URI redirectUri, Scopes scopes) {
            super(scopes);
            this.redirectUri = redirectUri;
        }

        private Builder(Builder from) {
            super(from);
            this.redirectUri = from.redirectUri;
        }

        @Override
        Builder self() {
            return this;
        }

        /** Builds the request. */
        public RedirectRequest build() {
            return new RedirectRequest(new Builder(this));
        }
    }
}
