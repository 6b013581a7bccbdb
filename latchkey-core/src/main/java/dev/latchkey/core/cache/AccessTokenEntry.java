package dev.latchkey.core.cache;

import dev.latchkey.core.LowerCase;
import dev.latchkey.core.PrintableText;
import dev.latchkey.core.Scopes;
import dev.latchkey.core.Secret;
import java.time.Instant;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A cached access token and everything it may only be served for. Times have a resolution of one second, as in the
 * unified schema; they are kept as numbers so that a cache hit allocates nothing. Immutable.
 */
public final class AccessTokenEntry {
    /** In place of a time that is not known. */
    public static final long NONE = Long.MIN_VALUE;

    /** The token type of RFC 6750, for every spelling of it. */
    public static final String BEARER = "Bearer";

    private final String clientId;
    private final String realm;
    private final Scopes target;
    private final String tokenType;
    private final Secret secret;
    private final @Nullable String resource;
    private final @Nullable String keyId;
    private final @Nullable String variant;
    private final long cachedAt;
    private final long expiresOn;
    private final long extendedExpiresOn;
    private final long refreshOn;

    private AccessTokenEntry(Builder from) {
        this.clientId = from.clientId;
        this.realm = from.realm;
        this.target = from.target;
        this.secret = from.secret;
        this.tokenType = from.tokenType;
        this.resource = from.resource;
        this.keyId = from.keyId;
        this.variant = from.variant;
        this.cachedAt = from.cachedAt;
        this.expiresOn = from.expiresOn;
        this.extendedExpiresOn = from.extendedExpiresOn;
        this.refreshOn = from.refreshOn;
    }

    /**
     * Starts a bearer token that is valid for no time at all until {@link Builder#valid} is called.
     *
     * @param realm the tenant it was issued for
     * @param target what it was issued for: the answer's {@code scope}, else the request's
     */
    public static Builder builder(String clientId, String realm, Scopes target, Secret secret) {
        return new Builder(clientId, realm, target, secret);
    }

    /** The client it was issued to. */
    public String clientId() {
        return clientId;
    }

    /** The tenant it was issued for; empty where the authority has none. */
    public String realm() {
        return realm;
    }

    /** The scopes it holds. */
    public Scopes target() {
        return target;
    }

    /** {@code Bearer}, {@code DPoP} or {@code pop}. */
    public String tokenType() {
        return tokenType;
    }

    /** The token. */
    public Secret secret() {
        return secret;
    }

    /** The resource (RFC 8707) it is bound to; null if it was asked for without one. */
    public @Nullable String resource() {
        return resource;
    }

    /** The thumbprint of the key it is bound to; null for bearer tokens. */
    public @Nullable String keyId() {
        return keyId;
    }

    /** A digest of whatever else in the request shaped it; null for plain requests. */
    public @Nullable String variant() {
        return variant;
    }

    /** When it was received, in milliseconds of the epoch. */
    public long cachedAtMillis() {
        return cachedAt;
    }

    /** When it expires, in milliseconds of the epoch. */
    public long expiresOnMillis() {
        return expiresOn;
    }

    /** When it expires at the latest if the authority is down, or {@link #NONE}. */
    public long extendedExpiresOnMillis() {
        return extendedExpiresOn;
    }

    /** When the authority wants it to be renewed, or {@link #NONE}. */
    public long refreshOnMillis() {
        return refreshOn;
    }

    /** When it expires. */
    public Instant expiresOn() {
        return Instant.ofEpochMilli(expiresOn);
    }

    /** When it expires at the latest if the authority is down, if it said so. */
    public @Nullable Instant extendedExpiresOn() {
        return instant(extendedExpiresOn);
    }

    /** When the authority wants it to be renewed, if it said so. */
    public @Nullable Instant refreshOn() {
        return instant(refreshOn);
    }

    /** The same token under another name of its tenant. */
    AccessTokenEntry inRealm(String other) {
        return other.equals(realm) ? this : new Builder(this, other).build();
    }

    /** Whether both may be served for the same requests, scopes aside. */
    boolean isSameKindAs(AccessTokenEntry other) {
        return isSameAs(other) && Objects.equals(variant, other.variant);
    }

    /** Equal for tokens that the very same request would have been given. */
    Object request() {
        return Arrays.asList(clientId, LowerCase.of(realm), LowerCase.of(tokenType), resource, keyId, variant, target);
    }

    /** Whether both are for the same, scopes and variant aside. */
    boolean isSameAs(AccessTokenEntry other) {
        return clientId.equals(other.clientId)
                && realm.equalsIgnoreCase(other.realm)
                && tokenType.equalsIgnoreCase(other.tokenType)
                && Objects.equals(resource, other.resource)
                && Objects.equals(keyId, other.keyId);
    }

    @Override
    public boolean equals(Object other) {
        return this == other
                || (other instanceof AccessTokenEntry that
                        && isSameKindAs(that)
                        && target.equals(that.target)
                        && secret.equals(that.secret)
                        && cachedAt == that.cachedAt
                        && expiresOn == that.expiresOn
                        && extendedExpiresOn == that.extendedExpiresOn
                        && refreshOn == that.refreshOn);
    }

    @Override
    public int hashCode() {
        return Objects.hash(clientId, target, expiresOn);
    }

    @Override
    public String toString() {
        return PrintableText.of(
                "AccessTokenEntry[" + tokenType + " for " + target + " in '" + realm + "' until " + expiresOn() + "]");
    }

    static String canonicalType(String tokenType) {
        return tokenType.isEmpty() || tokenType.equalsIgnoreCase(BEARER) ? BEARER : tokenType;
    }

    private static @Nullable Instant instant(long millis) {
        return millis == NONE ? null : Instant.ofEpochMilli(millis);
    }

    /** Collects the parts that not every token has. */
    public static final class Builder {
        private final String clientId;
        private final String realm;
        private final Scopes target;
        private final Secret secret;
        private String tokenType = BEARER;
        private @Nullable String resource;
        private @Nullable String keyId;
        private @Nullable String variant;
        private long cachedAt;
        private long expiresOn;
        private long extendedExpiresOn = NONE;
        private long refreshOn = NONE;

        private Builder(String clientId, String realm, Scopes target, Secret secret) {
            this.clientId = clientId;
            this.realm = realm;
            this.target = target;
            this.secret = secret;
        }

        private Builder(AccessTokenEntry from, String realm) {
            this(from.clientId, realm, from.target, from.secret);
            this.tokenType = from.tokenType;
            this.resource = from.resource;
            this.keyId = from.keyId;
            this.variant = from.variant;
            this.cachedAt = from.cachedAt;
            this.expiresOn = from.expiresOn;
            this.extendedExpiresOn = from.extendedExpiresOn;
            this.refreshOn = from.refreshOn;
        }

        /** The answer's {@code token_type}; every spelling of bearer is the same. */
        public Builder tokenType(String value) {
            this.tokenType = canonicalType(value);
            return this;
        }

        /** The resource (RFC 8707) it is bound to. */
        public Builder resource(@Nullable String value) {
            this.resource = value;
            return this;
        }

        /** The thumbprint of the key it is bound to. */
        public Builder keyId(@Nullable String value) {
            this.keyId = value;
            return this;
        }

        /** A digest of whatever else in the request shaped it. */
        public Builder variant(@Nullable String value) {
            this.variant = value;
            return this;
        }

        /** When it was received and when it expires. */
        public Builder valid(Instant cachedAt, Instant expiresOn) {
            this.cachedAt = millis(cachedAt);
            this.expiresOn = millis(expiresOn);
            return this;
        }

        /** When it expires at the latest if the authority is down. */
        public Builder extendedExpiresOn(@Nullable Instant value) {
            this.extendedExpiresOn = value == null ? NONE : millis(value);
            return this;
        }

        /** When the authority wants it to be renewed. */
        public Builder refreshOn(@Nullable Instant value) {
            this.refreshOn = value == null ? NONE : millis(value);
            return this;
        }

        /** The entry. */
        public AccessTokenEntry build() {
            return new AccessTokenEntry(this);
        }

        private static long millis(Instant instant) {
            return Math.multiplyExact(instant.getEpochSecond(), 1000L);
        }
    }
}
