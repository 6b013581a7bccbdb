package dev.latchkey.core.account;

import dev.latchkey.core.LowerCase;
import dev.latchkey.core.discovery.Authority;
import dev.latchkey.core.discovery.AuthorityKind;
import dev.latchkey.core.discovery.IssuerBinding;
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
     * {@code uid.utid} where {@code client_info} agrees with the verified ID token; else the subject and a digest of
     * the issuer, because a subject is unique within its issuer only and one host can hold many issuers. Each policy of
     * B2C has accounts of its own.
     */
    static String of(AccountAuthority at, @Nullable ClientInfo hint, JsonObject claims) {
        if (hint != null && Tenants.agrees(at, hint, claims)) {
            return hint.homeAccountId();
        }
        String subject = subject(at.kind(), claims);
        if (subject.isEmpty()) {
            throw new IllegalArgumentException("the ID token has no sub: the account cannot be named");
        }
        String policy = at.kind() == AuthorityKind.B2C ? "-" + LowerCase.of(at.policy()) : "";
        return subject + policy + "." + digest(at.issuer(claims));
    }

    /** The same name for a plain provider, told from the issuer and the subject alone. */
    static String of(String issuer, String subject) {
        return subject + "." + digest(issuer);
    }

    /** Whether an id is a name that {@link #of} gives at this authority, as far as its address tells. */
    static boolean names(String id, Authority authority) {
        String address = IssuerBinding.addressOf(authority);
        return id.endsWith("." + digest(address))
                || id.endsWith("." + digest(address + "/"))
                || id.endsWith("." + digest(authority.toString()));
    }

    /** Entra's {@code sub} is another for each client; its {@code oid} is the person in the tenant. */
    private static String subject(AuthorityKind kind, JsonObject claims) {
        String subject = claims.string("sub", "");
        return kind.isEntraShaped() ? claims.string("oid", subject) : subject;
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
