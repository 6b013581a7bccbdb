package dev.latchkey.authority.token;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.latchkey.core.json.Json;
import java.security.GeneralSecurityException;
import java.util.LinkedHashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Tokens that a careful client must refuse. */
public final class ForgedTokens {
    private final SigningKeys keys;

    public ForgedTokens(SigningKeys keys) {
        this.keys = keys;
    }

    /** Well signed, by a key nobody publishes. */
    public String byUnknownKey(Map<String, ?> claims) {
        return keys.stranger().sign(claims, "JWT");
    }

    /** Well signed, but then a bit of the signature changed. */
    public String withBrokenSignature(Map<String, ?> claims) {
        String token = keys.sign(claims, "JWT");
        int middle = (token.lastIndexOf('.') + token.length()) / 2;
        char other = token.charAt(middle) == 'A' ? 'B' : 'A';
        return token.substring(0, middle) + other + token.substring(middle + 1);
    }

    /** Not signed (RFC 7518 section 3.6). */
    public String withoutSignature(Map<String, ?> claims) {
        return signingInput("none", claims) + ".";
    }

    /** The public key taken for a shared secret. */
    public String byHmac(Map<String, ?> claims) {
        String input = signingInput("HS256", claims);
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(keys.publicKey().getEncoded(), "HmacSHA256"));
            return input + "." + Digests.base64(mac.doFinal(input.getBytes(US_ASCII)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HMAC with SHA-256", e);
        }
    }

    private String signingInput(String algorithm, Map<String, ?> claims) {
        Map<String, Object> header = new LinkedHashMap<>();
        header.put("typ", "JWT");
        header.put("alg", algorithm);
        header.put("kid", keys.keyId());
        return Digests.base64(Json.write(header).getBytes(UTF_8)) + "."
                + Digests.base64(Json.write(claims).getBytes(UTF_8));
    }
}
