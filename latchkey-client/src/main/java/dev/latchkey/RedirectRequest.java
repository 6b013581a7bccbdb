package dev.latchkey;

import dev.latchkey.core.Scopes;
import java.net.URI;

/**
 * What {@code acquireTokenRedirect} is asked for: where the authority sends the person afterwards, besides what is wanted.
 * Immutable and thread-safe.
 */
public final class RedirectRequest extends InteractiveRequest {
    private final Builder values;

    private RedirectRequest(Builder values) {
        super(values);
        this.values = values;
    }

    /** A request for these scopes, whose answer comes to a redirect URI that is registered at the authority. */
    public static RedirectRequest of(URI redirectUri, String... scopes) {
        return builder(redirectUri, scopes).build();
    }

    /** Starts a request for these scopes, all of one resource; the redirect URI is registered at the authority. */
    public static Builder builder(URI redirectUri, String... scopes) {
        return new Builder(redirectUri, Scopes.of(scopes));
    }

    /** Starts a request for these scopes, all of one resource; the redirect URI is registered at the authority. */
    public static Builder builder(URI redirectUri, Scopes scopes) {
        return new Builder(redirectUri, scopes);
    }

    /** Starts from this request. */
    public Builder toBuilder() {
        return new Builder(values);
    }

    /** Where the answer comes to. */
    public URI redirectUri() {
        return values.redirectUri;
    }

    /** Collects a request. Not thread-safe; what has been built does not change. */
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

        /** The request. */
        public RedirectRequest build() {
            return new RedirectRequest(new Builder(this));
        }
    }
}
