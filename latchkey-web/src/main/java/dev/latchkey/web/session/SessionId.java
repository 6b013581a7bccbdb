package dev.latchkey.web.session;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * The value of a session's cookie. Whoever knows it controls the session, so the store holds only a digest.
 *
 * @param value 256 random bits in base64url
 */
public record SessionId(String value) {
    /** The length of a short name. */
    public static final int SHORT = 8;

    private static final RandomGenerator RANDOM = new SecureRandom();
    private static final int BYTES = 32;
    private static final int LENGTH = 43;

    /** A new random id. */
    static SessionId fresh() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return new SessionId(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    /** The id in a cookie, if it is well-formed. */
    public static Optional<SessionId> of(String cookie) {
        boolean plausible = cookie.length() == LENGTH
                && cookie.chars().allMatch(c -> c < 128 && (Character.isLetterOrDigit(c) || c == '-' || c == '_'));
        return plausible ? Optional.of(new SessionId(cookie)) : Optional.empty();
    }

    /** The session's name in the store and in logs. */
    public String digest() {
        return digest("session " + value);
    }

    /** A short digest of several parts. */
    public static String shortDigest(String... parts) {
        return digest(String.join("\n", parts))
                .replace('-', 'x')
                .replace('_', 'y')
                .substring(0, SHORT);
    }

    static String digest(String text) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Omits the value, which is a secret. */
    @Override
    public String toString() {
        return "SessionId[" + digest().substring(0, 8) + "]";
    }
}
