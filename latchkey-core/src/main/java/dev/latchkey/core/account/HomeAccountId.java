package dev.latchkey.core.account;

import dev.latchkey.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Names an account across tenants. */
final class HomeAccountId {
    private static final int DIGEST_BYTES = 12;

    private HomeAccountId() {}

    /**
     * {@code uid.utid} where the authority sends {@code client_info}; {@code sub} for ADFS; else
     * {@code sub.<base64url of the first 12 bytes of SHA-256 of the issuer>}, because a subject is unique within its
     * issuer only and one host can hold many issuers.
     */
    static String of(AuthorityType type, @Nullable ClientInfo clientInfo, JsonObject claims) {
        if (type == AuthorityType.MSSTS && clientInfo != null) {
            return clientInfo.homeAccountId();
        }
        String subject = claims.string("sub", "");
        if (subject.isEmpty()) {
            throw new IllegalArgumentException("neither client_info nor sub: the account cannot be named");
        }
        return type == AuthorityType.ADFS ? subject : subject + "." + digest(claims.string("iss", ""));
    }

    private static String digest(String issuer) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(issuer.getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(hash, DIGEST_BYTES));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
