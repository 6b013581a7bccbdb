package dev.latchkey;

import dev.latchkey.core.Scopes;
import dev.latchkey.core.authorize.ResponseMode;
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

    /** See {@link Builder#responseMode}. */
    public ResponseMode responseMode() {
        return values.responseMode;
    }

    /** Builds a request. Not thread-safe; requests already built do not change. */
    public static final class Builder extends InteractiveRequest.Builder<Builder> {
        private final URI redirectUri;
        private ResponseMode responseMode = ResponseMode.QUERY;

        private Builder(URI redirectUri, Scopes scopes) {
            super(scopes);
            this.redirectUri = redirectUri;
        }

        private Builder(Builder from) {
            super(from);
            this.redirectUri = from.redirectUri;
            this.responseMode = from.responseMode;
        }

        /**
         * How the authority sends its response to the redirect URI. With {@link ResponseMode#FORM_POST} the code is
         * neither in an address nor in the browser's history; some providers require it for some scopes. The browser
         * then posts the response from the authority's site, and such a post carries no cookie that is {@code
         * SameSite=Lax} or {@code Strict}: whoever receives it must find the saved sign-in without one. latchkey-web
         * does. Default {@link ResponseMode#QUERY}.
         *
         * @throws IllegalArgumentException if it is {@link ResponseMode#FRAGMENT}, which no server receives
         */
        public Builder responseMode(ResponseMode value) {
            if (value == ResponseMode.FRAGMENT) {
                throw new IllegalArgumentException("a server cannot receive a response in the fragment of an address;"
                        + " the response mode must be query or form_post");
            }
            this.responseMode = value;
            return this;
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
