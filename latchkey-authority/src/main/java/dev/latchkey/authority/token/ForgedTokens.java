package dev.latchkey.authority.token;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.latchkey.authority.SigningAlgorithm;
import dev.latchkey.core.json.JsonObject;
import java.util.Map;

/** Tokens that a careful client must refuse, made from one that it would accept. */
public final class ForgedTokens {
    private static final String ANOTHER_SECRET = "a secret of nobody, which is long enough";

    private final SigningKeys keys;
    private final ClientSignatures signatures;

    public ForgedTokens(SigningKeys keys, ClientSignatures signatures) {
        this.keys = keys;
        this.signatures = signatures;
    }

    /** Well signed: not forged but for its claims. */
    public String withClaims(String original, JsonObject before, Map<String, ?> claims) {
        return signatures.signLike(original, before, claims);
    }

    /** Well signed, by a key nobody publishes. */
    public String byUnknownKey(String original, Map<String, ?> claims) {
        SigningAlgorithm algorithm = ClientSignatures.algorithm(original);
        return algorithm == SigningAlgorithm.HS256
                ? ClientSignatures.byHmac(ANOTHER_SECRET.getBytes(UTF_8), "JWT", "", claims)
                : keys.stranger().sign(claims, "JWT", algorithm);
    }

    /** Well signed, but then a bit of the signature changed. */
    public static String withBrokenSignature(String original) {
        int middle = (original.lastIndexOf('.') + original.length()) / 2;
        char other = original.charAt(middle) == 'A' ? 'B' : 'A';
        return original.substring(0, middle) + other + original.substring(middle + 1);
    }

    /** Not signed (RFC 7518 section 3.6). */
    public String withoutSignature(Map<String, ?> claims) {
        return JwsText.signingInput("none", "JWT", keys.keyId(), claims) + ".";
    }

    /** The public key taken for a shared secret. */
    public String byHmac(Map<String, ?> claims) {
        return ClientSignatures.byHmac(keys.publicKey().getEncoded(), "JWT", keys.keyId(), claims);
    }
}
