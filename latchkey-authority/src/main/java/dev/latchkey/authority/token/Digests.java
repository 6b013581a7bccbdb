package dev.latchkey.authority.token;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/** SHA-256 in the forms the protocol asks for. */
public final class Digests {
    private Digests() {}

    /** The S256 challenge of a verifier (RFC 7636 section 4.2). */
    public static String challenge(String verifier) {
        return base64(sha256(verifier.getBytes(US_ASCII)));
    }

    /** The {@code at_hash} of an access token under RS256 (OpenID Connect Core section 3.1.3.6). */
    public static String halfHash(String token) {
        return base64(Arrays.copyOf(sha256(token.getBytes(US_ASCII)), 16));
    }

    /** A subject that another client cannot link (OpenID Connect Core section 8.1). */
    public static String pairwiseSubject(String objectId, String clientId) {
        return base64(sha256((objectId + "\n" + clientId).getBytes(UTF_8)));
    }

    /** Base64url without padding. */
    public static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
