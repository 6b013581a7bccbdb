package dev.latchkey.core.idtoken;

import dev.latchkey.core.PrintableText;
import dev.latchkey.core.Secret;
import dev.latchkey.core.discovery.IssuerRule;
import java.net.URI;
import java.time.Duration;
import java.util.Collections;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What an ID token must agree with. Immutable; what is not set is not asked, and no audience but the client trusted. */
public final class IdTokenExpectations {
    private final Builder values;

    private IdTokenExpectations(Builder values) {
        this.values = values;
    }

    /**
     * Starts with what every token must agree with.
     *
     * @param issuer the issuer of the authority that was asked
     * @param clientId the audience
     * @param correlationId the id of the call, for messages
     */
    public static Builder builder(IssuerRule issuer, String clientId, String correlationId) {
        return new Builder(issuer, clientId, correlationId);
    }

    /** The id of the call. */
    public String correlationId() {
        return values.correlationId;
    }

    /** Which signatures are accepted. */
    public SignatureRule signature() {
        return values.signature;
    }

    IssuerRule issuer() {
        return values.issuer;
    }

    String clientId() {
        return values.clientId;
    }

    Set<String> trustedAudiences() {
        return values.trustedAudiences;
    }

    Set<String> essentialAcrs() {
        return values.essentialAcrs;
    }

    @Nullable
    String nonce() {
        return values.nonce;
    }

    @Nullable
    String subject() {
        return values.subject;
    }

    @Nullable
    Duration maxAge() {
        return values.maxAge;
    }

    @Nullable
    Secret accessToken() {
        return values.accessToken;
    }

    @Nullable
    URI endpoint() {
        return values.endpoint;
    }

    /** No secret is shown, nor who is expected. */
    @Override
    public String toString() {
        return PrintableText.of("IdTokenExpectations[" + values.issuer + ", " + values.clientId + "]");
    }

    /** Collects expectations; where null is taken, it is the default. Not thread-safe. */
    public static final class Builder {
        private final IssuerRule issuer;
        private final String clientId;
        private final String correlationId;
        private SignatureRule signature = SignatureRule.ASYMMETRIC_ONLY;
        private Set<String> trustedAudiences = Set.of();
        private Set<String> essentialAcrs = Set.of();
        private @Nullable String nonce;
        private @Nullable String subject;
        private @Nullable Duration maxAge;
        private @Nullable Secret accessToken;
        private @Nullable URI endpoint;

        private Builder(IssuerRule issuer, String clientId, String correlationId) {
            this.issuer = issuer;
            this.clientId = clientId;
            this.correlationId = correlationId;
        }

        private Builder(Builder other) {
            this(other.issuer, other.clientId, other.correlationId);
            this.signature = other.signature;
            this.trustedAudiences = other.trustedAudiences;
            this.essentialAcrs = other.essentialAcrs;
            this.nonce = other.nonce;
            this.subject = other.subject;
            this.maxAge = other.maxAge;
            this.accessToken = other.accessToken;
            this.endpoint = other.endpoint;
        }

        /** Which signatures are accepted. Default: any asymmetric algorithm. */
        public Builder signature(SignatureRule value) {
            this.signature = value;
            return this;
        }

        /** Who else may get the token beside the client (OpenID Connect Core 3.1.3.7 step 3). Default nobody. */
        public Builder trustedAudiences(Set<String> value) {
            this.trustedAudiences = Set.copyOf(value);
            return this;
        }

        /** One of these must be the token's {@code acr} (section 5.5.1.1). Default none, and then any will do. */
        public Builder essentialAcrs(Set<String> value) {
            // Not Set.copyOf, in which equal hashes cost the square of their number: an API may have chosen these.
            this.essentialAcrs = Collections.unmodifiableSet(new HashSet<>(value));
            return this;
        }

        /** The nonce that was sent. Without one, as on refresh, a nonce in the token is not checked. */
        public Builder nonce(@Nullable String value) {
            this.nonce = value;
            return this;
        }

        /** The subject it must still be (OpenID Connect Core 12.2); null on first sign-in. */
        public Builder subject(@Nullable String value) {
            this.subject = value;
            return this;
        }

        /** How old the sign-in may be, if that was asked. */
        public Builder maxAge(@Nullable Duration value) {
            this.maxAge = value;
            return this;
        }

        /** The access token it came with, for {@code at_hash}. */
        public Builder accessToken(@Nullable Secret value) {
            this.accessToken = value;
            return this;
        }

        /** Where it came from, for messages. */
        public Builder endpoint(@Nullable URI value) {
            this.endpoint = value;
            return this;
        }

        /** The expectations. */
        public IdTokenExpectations build() {
            return new IdTokenExpectations(new Builder(this));
        }
    }
}
