package dev.latchkey.core.idtoken;

import com.nimbusds.jose.Algorithm;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.RSAKey;
import dev.latchkey.core.PrintableText;
import dev.latchkey.core.discovery.IssuerRule;
import dev.latchkey.core.json.Json;
import dev.latchkey.core.json.JsonObject;
import java.text.ParseException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A key with its verifier, which costs more to make than to keep.
 *
 * @param id {@code kid}
 * @param algorithm the one it is for; null if its type alone decides
 * @param issuer whose tokens it signs; null if it does not say
 * @param verifier checks signatures
 */
record SigningKey(
        @Nullable String id,
        @Nullable Algorithm algorithm,
        @Nullable IssuerRule issuer,
        JWSVerifier verifier) {
    /** RFC 7518 section 3.3. */
    static final int SMALLEST_RSA_BITS = 2048;

    /** Twice the longest in use: a signature must not cost a hostile document's reader seconds. */
    static final int LARGEST_RSA_BITS = 8192;

    private static final String KEY_OPERATIONS = "key_ops";

    /** RFC 7517 section 4.3, in lower case. */
    private static final Set<String> KNOWN_OPERATIONS =
            Set.of("sign", "verify", "encrypt", "decrypt", "wrapkey", "unwrapkey", "derivekey", "derivebits");

    private static final Pattern WEB_ADDRESS = Pattern.compile("https?://\\S+", Pattern.CASE_INSENSITIVE);

    /** A key that cannot be used is null: it is ignored, the others count (RFC 7517 section 5). */
    static @Nullable SigningKey of(JsonObject json) {
        if (!isForVerifying(json)) {
            return null;
        }
        try {
            JWK key = parse(json);
            JWSVerifier verifier = verifierOf(key);
            return verifier == null
                    ? null
                    : new SigningKey(key.getKeyID(), key.getAlgorithm(), issuerOf(json), verifier);
        } catch (ParseException | JOSEException | RuntimeException e) {
            // The JOSE library answers some malformed keys with unchecked failures.
            return null;
        }
    }

    /** Whether it can have made a signature with this header. */
    boolean fits(JWSHeader header) {
        JWSAlgorithm asked = header.getAlgorithm();
        return verifier.supportedJWSAlgorithms().contains(asked)
                && (algorithm == null || algorithm.equals(asked))
                && (header.getKeyID() == null || header.getKeyID().equals(id));
    }

    /** Whether it made the signature. */
    boolean signed(JWSObject token) {
        try {
            return token.verify(verifier);
        } catch (JOSEException e) {
            // A malformed signature: no better than a wrong one.
            return false;
        }
    }

    /** Whether it may sign for the issuer of these claims. */
    boolean speaksFor(JsonObject claims) {
        return issuer == null || issuer.accepts(claims.string("iss", ""), claims.string("tid"));
    }

    /** RFC 7517 sections 4.2 and 4.3. Operations that nobody knows, or none at all, exclude nothing. */
    private static boolean isForVerifying(JsonObject json) {
        Set<String> operations = json.strings(KEY_OPERATIONS).stream()
                .map(operation -> operation.toLowerCase(Locale.ROOT))
                .filter(KNOWN_OPERATIONS::contains)
                .collect(Collectors.toSet());
        return !"enc".equalsIgnoreCase(json.string("use")) && (operations.isEmpty() || operations.contains("verify"));
    }

    /** Without its operations, which are judged by now: the JOSE library fails on those it does not know. */
    private static JWK parse(JsonObject json) throws ParseException {
        Map<String, @Nullable Object> members = new LinkedHashMap<>(json.asMap());
        members.remove(KEY_OPERATIONS);
        return JWK.parse(Json.write(members));
    }

    private static @Nullable JWSVerifier verifierOf(JWK key) throws JOSEException {
        if (key instanceof RSAKey rsa) {
            boolean usable = rsa.size() >= SMALLEST_RSA_BITS && rsa.size() <= LARGEST_RSA_BITS;
            return usable ? new RSASSAVerifier(rsa.toRSAPublicKey()) : null;
        }
        return key instanceof ECKey ec ? new ECDSAVerifier(ec.toECPublicKey()) : null;
    }

    /** Entra's member {@code issuer}, a template where the key serves many tenants. Anything else says nothing. */
    private static @Nullable IssuerRule issuerOf(JsonObject json) {
        String issuer = json.string("issuer", "");
        return WEB_ADDRESS.matcher(issuer).matches() ? new IssuerRule(issuer) : null;
    }

    @Override
    public String toString() {
        return PrintableText.of("SigningKey[" + id + "]");
    }
}
