package dev.latchkey.authority.token;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.latchkey.authority.SigningAlgorithm;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** SHA-256 in the forms the protocol asks for. */
public final class Digests {
    private Digests() {}

    /** The S256 challenge of a verifier (RFC 7636 section 4.2). */
    public static String challenge(String verifier) {
        return base64(sha256(verifier.getBytes(US_ASCII)));
    }

    /**
     * The {@code at_hash} of an access token: half of the hash that the ID token is signed with (OpenID Connect Core
     * section 3.1.3.6), which for Ed25519 is SHA-512.
     */
    public static String halfHash(String token, SigningAlgorithm algorithm) {
        byte[] bytes = token.getBytes(US_ASCII);
        byte[] hash = algorithm == SigningAlgorithm.EDDSA ? hash("SHA-512", bytes) : sha256(bytes);
        return base64(Arrays.copyOf(hash, hash.length / 2));
    }

    /** A subject that another client cannot link (OpenID Connect Core section 8.1). */
    public static String pairwiseSubject(String objectId, String clientId) {
        return base64(sha256((objectId + "\n" + clientId).getBytes(UTF_8)));
    }

    /** Base64url without padding. */
    public static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** HMAC with SHA-256. */
    static byte[] hmac(byte[] secret, byte[] bytes) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret, "HmacSHA256"));
            return mac.doFinal(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HMAC with SHA-256", e);
        }
    }

    private static byte[] sha256(byte[] bytes) {
        return hash("SHA-256", bytes);
    }

    private static byte[] hash(String algorithm, byte[] bytes) {
        try {
            return MessageDigest.getInstance(algorithm).digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has the SHA-2 family", e);
        }
    }
}
