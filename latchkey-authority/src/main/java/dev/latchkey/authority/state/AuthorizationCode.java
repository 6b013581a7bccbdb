package dev.latchkey.authority.state;

import java.time.Instant;
import java.util.Optional;

/** A code and what its redemption must match. */
public record AuthorizationCode(Grant grant, Binding binding, Instant expiresAt, boolean redeemed) {
    /**
     * What the authorization request fixed.
     *
     * @param keyThumbprint of the key the redemption must prove to hold (RFC 9449 section 10)
     */
    public record Binding(
            String redirectUri,
            Optional<String> codeChallenge,
            Optional<String> nonce,
            Optional<String> keyThumbprint) {}

    AuthorizationCode asRedeemed() {
        return new AuthorizationCode(grant, binding, expiresAt, true);
    }

    @Override
    public String toString() {
        return "AuthorizationCode[" + grant.client() + ", redeemed=" + redeemed + "]";
    }
}
