package dev.latchkey.core.authorize;

import dev.latchkey.core.PrintableText;
import dev.latchkey.core.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * Proof Key for Code Exchange, always S256 (RFC 7636).
 *
 * @param verifier stays here until the code is redeemed
 * @param challenge goes out with the authorization request
 */
public record Pkce(Secret verifier, String challenge) {
    /** The bytes of entropy needed: RFC 7636 section 4.1 recommends 32. */
    public static final int ENTROPY_BYTES = 32;

    /** A pair from fresh random bytes. */
    public static Pkce from(byte[] entropy) {
        if (entropy.length < ENTROPY_BYTES) {
            throw new IllegalArgumentException("PKCE needs at least " + ENTROPY_BYTES + " random bytes");
        }
        String verifier = Base64.getUrlEncoder().withoutPadding().encodeToString(entropy);
        return new Pkce(Secret.of(verifier), challengeOf(verifier));
    }

    /** The S256 challenge of a verifier (RFC 7636 section 4.2). */
    public static String challengeOf(String verifier) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return PrintableText.of("Pkce[" + challenge + "]");
    }
}
