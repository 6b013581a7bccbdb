package dev.latchkey.core.authorize;

import dev.latchkey.core.Scopes;
import dev.latchkey.core.http.Parameters;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An authorization request (RFC 6749 section 4.1.1, OpenID Connect Core 3.1.2.1): code flow, PKCE S256, state and nonce,
 * always. Immutable; the random values come in from the caller.
 */
public final class AuthorizationRequest {
    private final Builder values;

    private AuthorizationRequest(Builder values) {
        this.values = values;
    }

    /** Starts a request; these are what no request can do without. */
    public static Builder builder(URI authorizationEndpoint, String clientId, URI redirectUri, Scopes scopes) {
        return new Builder(authorizationEndpoint, clientId, redirectUri, scopes);
    }

    /** Where to send the person. */
    public URI uri() {
        String endpoint = values.authorizationEndpoint.toString();
        String separator = endpoint.indexOf('?') < 0 ? "?" : "&";
        return URI.create(endpoint + separator + parameters().encode());
    }

    /** The authorization endpoint, without parameters. */
    public URI endpoint() {
        return values.authorizationEndpoint;
    }

    /** The redirect URI, to be repeated when the code is redeemed (RFC 6749 section 4.1.3). */
    public URI redirectUri() {
        return values.redirectUri;
    }

    /** What the person is asked for, without the extra scopes that only want consent. */
    public Scopes scopes() {
        return values.scopes;
    }

    /** The value the answer must bring back. */
    public String state() {
        return values.required(values.state, "state");
    }

    /** The value the ID token must hold. */
    public String nonce() {
        return values.required(values.nonce, "nonce");
    }

    /** The proof key. */
    public Pkce pkce() {
        return Objects.requireNonNull(values.pkce);
    }

    /** How the answer comes back. */
    public ResponseMode responseMode() {
        return values.responseMode;
    }

    private Parameters parameters() {
        Builder v = values;
        Scopes asked = v.scopes.plus(v.extraScopesToConsent);
        return Parameters.builder()
                .set("client_id", v.clientId)
                .set("scope", asked.toString())
                .set("resource", v.resource)
                .set("redirect_uri", v.redirectUri.toString())
                .set("response_type", "code")
                .set("response_mode", v.responseMode.wireName())
                .set("state", state())
                .set("nonce", nonce())
                .set("code_challenge", pkce().challenge())
                .set("code_challenge_method", "S256")
                .set("prompt", v.prompt)
                .set("login_hint", v.loginHint)
                .set("domain_hint", v.domainHint)
                .set("sid", v.sid)
                .set("max_age", v.maxAge == null ? null : Long.toString(v.maxAge.toSeconds()))
                .set("claims", v.claims)
                .set("client_info", v.entra ? "1" : null)
                .set("client-request-id", v.entra ? v.correlationId : null)
                .extras(v.extraQueryParameters)
                .build();
    }

    /** Collects a request. Not thread-safe; what has been built does not change. */
    public static final class Builder {
        private final URI authorizationEndpoint;
        private final String clientId;
        private final URI redirectUri;
        private final Scopes scopes;
        private Scopes extraScopesToConsent = Scopes.NONE;
        private ResponseMode responseMode = ResponseMode.QUERY;
        private @Nullable String state;
        private @Nullable String nonce;
        private @Nullable Pkce pkce;
        private @Nullable String prompt;
        private @Nullable String loginHint;
        private @Nullable String domainHint;
        private @Nullable String sid;
        private @Nullable Duration maxAge;
        private @Nullable String claims;
        private @Nullable String resource;
        private @Nullable String correlationId;
        private boolean entra;
        private Map<String, String> extraQueryParameters = Map.of();

        private Builder(URI authorizationEndpoint, String clientId, URI redirectUri, Scopes scopes) {
            this.authorizationEndpoint = authorizationEndpoint;
            this.clientId = clientId;
            this.redirectUri = redirectUri;
            this.scopes = scopes;
        }

        private Builder(Builder from) {
            this(from.authorizationEndpoint, from.clientId, from.redirectUri, from.scopes);
            this.extraScopesToConsent = from.extraScopesToConsent;
            this.responseMode = from.responseMode;
            this.state = from.state;
            this.nonce = from.nonce;
            this.pkce = from.pkce;
            this.prompt = from.prompt;
            this.loginHint = from.loginHint;
            this.domainHint = from.domainHint;
            this.sid = from.sid;
            this.maxAge = from.maxAge;
            this.claims = from.claims;
            this.resource = from.resource;
            this.correlationId = from.correlationId;
            this.entra = from.entra;
            this.extraQueryParameters = from.extraQueryParameters;
        }

        /** State, nonce and proof key: fresh for every request. */
        public Builder secrets(String newState, String newNonce, Pkce newPkce) {
            this.state = newState;
            this.nonce = newNonce;
            this.pkce = newPkce;
            return this;
        }

        /** Scopes of other resources to get consent for now; no token for them comes back. Default none. */
        public Builder extraScopesToConsent(Scopes value) {
            this.extraScopesToConsent = value;
            return this;
        }

        /** How the answer comes back. Default query. */
        public Builder responseMode(ResponseMode value) {
            this.responseMode = value;
            return this;
        }

        /** The {@code prompt}: {@code none}, {@code login}, {@code select_account}, {@code consent}, {@code create}. */
        public Builder prompt(@Nullable String value) {
            this.prompt = value;
            return this;
        }

        /** Who is expected to sign in. */
        public Builder loginHint(@Nullable String value) {
            this.loginHint = value;
            return this;
        }

        /** The domain of the person, to skip home-realm discovery. */
        public Builder domainHint(@Nullable String value) {
            this.domainHint = value;
            return this;
        }

        /** The session at the authority to use. */
        public Builder sid(@Nullable String value) {
            this.sid = value;
            return this;
        }

        /** How old the person's sign-in may be, in whole seconds on the wire (OpenID Connect Core 3.1.2.1). */
        public Builder maxAge(@Nullable Duration value) {
            this.maxAge = value;
            return this;
        }

        /** The {@code claims} parameter (OpenID Connect Core 5.5). */
        public Builder claims(@Nullable String value) {
            this.claims = value;
            return this;
        }

        /** The resource the token is for (RFC 8707). */
        public Builder resource(@Nullable String value) {
            this.resource = value;
            return this;
        }

        /** Turns on what only Entra-shaped authorities know: {@code client_info} and {@code client-request-id}. */
        public Builder entra(String callId) {
            this.entra = true;
            this.correlationId = callId;
            return this;
        }

        /** The caller's own parameters; none can replace one of the protocol's. */
        public Builder extraQueryParameters(Map<String, String> value) {
            this.extraQueryParameters = Map.copyOf(value);
            return this;
        }

        /**
         * The request.
         *
         * @throws IllegalStateException if {@link #secrets} was not called
         */
        public AuthorizationRequest build() {
            required(state, "state");
            return new AuthorizationRequest(new Builder(this));
        }

        private String required(@Nullable String value, String name) {
            if (value == null) {
                throw new IllegalStateException(name + " is missing: call secrets(...)");
            }
            return value;
        }
    }
}
