package dev.latchkey.core.idtoken;

import com.nimbusds.jose.Algorithm;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSObject;
import com.nimbusds.jose.JWSVerifier;
import com.nimbusds.jose.crypto.ECDSAVerifier;
import com.nimbusds.jose.crypto.MACVerifier;
import com.nimbusds.jose.crypto.RSASSAVerifier;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.util.Base64URL;
import dev.latchkey.core.LowerCase;
import dev.latchkey.core.PrintableText;
import dev.latchkey.core.discovery.Addresses;
import dev.latchkey.core.discovery.IssuerRule;
import dev.latchkey.core.json.JsonObject;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.util.Map;
import java.util.Set;
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

    /** FIPS 186-5 allows more, but nobody uses more than 17: the cost of a signature grows with it. */
    static final int LARGEST_EXPONENT_BITS = 64;

    private static final String KEY_OPERATIONS = "key_ops";
    private static final String ISSUER = "issuer";

    /** RFC 7517 section 4.3, in lower case. */
    private static final Set<String> KNOWN_OPERATIONS =
            Set.of("sign", "verify", "encrypt", "decrypt", "wrapkey", "unwrapkey", "derivekey", "derivebits");

    /** The members that are read, and how long each may be: in base64url, the largest modulus and exponent fit. */
    private static final Map<String, Integer> MEMBERS = Map.of(
            "kty", 20,
            "alg", 20,
            "kid", 1_000,
            "n", LARGEST_RSA_BITS / 6 + 4,
            "e", LARGEST_EXPONENT_BITS / 6 + 4,
            "crv", 20,
            "x", 100,
            "y", 100);

    /** A key that cannot be used is null: it is ignored, the others count (RFC 7517 section 5). */
    static @Nullable SigningKey of(JsonObject json) {
        if (!isForVerifying(json) || !isOfModestSize(json)) {
            return null;
        }
        try {
            JWSVerifier verifier = verifierOf(json);
            return verifier == null
                    ? null
                    : new SigningKey(json.string("kid"), algorithmOf(json), issuerOf(json), verifier);
        } catch (JOSEException | GeneralSecurityException | RuntimeException e) {
            // The JOSE library answers some malformed keys with unchecked failures.
            return null;
        }
    }

    /** A secret that is shared with the issuer. */
    static SigningKey of(byte[] secret, JWSAlgorithm algorithm) {
        try {
            return new SigningKey(null, algorithm, null, new MACVerifier(secret));
        } catch (JOSEException e) {
            throw new IllegalArgumentException("the client secret is too short", e);
        }
    }

    /** Whether it can have made a signature with this header. */
    boolean fits(JWSHeader header) {
        JWSAlgorithm asked = header.getAlgorithm();
        return verifier.supportedJWSAlgorithms().contains(asked)
                && (algorithm == null || algorithm.equals(asked) || isEd25519(asked))
                && (header.getKeyID() == null || header.getKeyID().equals(id) || isSecret());
    }

    /** A secret has no name, whatever the header calls it. */
    private boolean isSecret() {
        return verifier instanceof MACVerifier;
    }

    /** Two names for one algorithm (RFC 9864 section 2.2). */
    private boolean isEd25519(JWSAlgorithm asked) {
        return verifier instanceof Ed25519Verifier
                && Ed25519Verifier.ALGORITHMS.contains(asked)
                && Ed25519Verifier.ALGORITHMS.contains(algorithm);
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
                .map(LowerCase::of)
                .filter(KNOWN_OPERATIONS::contains)
                .collect(Collectors.toSet());
        return !"enc".equalsIgnoreCase(json.string("use")) && (operations.isEmpty() || operations.contains("verify"));
    }

    private static boolean isOfModestSize(JsonObject json) {
        return MEMBERS.entrySet().stream()
                        .allMatch(member -> json.string(member.getKey(), "").length() <= member.getValue())
                && json.string(ISSUER, "").length() <= Addresses.LONGEST;
    }

    /** RFC 7517 section 4.4. What is no name of an algorithm says nothing. */
    private static @Nullable Algorithm algorithmOf(JsonObject json) {
        String name = json.string("alg", "");
        return name.isEmpty() ? null : new JWSAlgorithm(name);
    }

    /** From what makes up the key alone: other members may be of any type, and certificates are not read. */
    private static @Nullable JWSVerifier verifierOf(JsonObject json) throws JOSEException, GeneralSecurityException {
        return switch (json.string("kty", "")) {
            case "RSA" -> rsa(bytes(json, "n"), bytes(json, "e"));
            case "EC" ->
                new ECDSAVerifier(
                        new ECKey.Builder(Curve.parse(json.string("crv", "")), bytes(json, "x"), bytes(json, "y"))
                                .build()
                                .toECPublicKey());
            case "OKP" ->
                json.string("crv", "").equals("Ed25519")
                        ? Ed25519Verifier.of(bytes(json, "x").decode())
                        : null;
            default -> null;
        };
    }

    private static Base64URL bytes(JsonObject json, String member) {
        return new Base64URL(json.string(member, ""));
    }

    private static @Nullable JWSVerifier rsa(Base64URL modulus, Base64URL exponent) throws JOSEException {
        return isUsable(modulus.decodeToBigInteger(), exponent.decodeToBigInteger())
                ? new RSASSAVerifier(
                        new RSAKey.Builder(modulus, exponent).build().toRSAPublicKey())
                : null;
    }

    private static boolean isUsable(BigInteger modulus, BigInteger exponent) {
        return modulus.bitLength() >= SMALLEST_RSA_BITS
                && modulus.bitLength() <= LARGEST_RSA_BITS
                && modulus.testBit(0)
                && exponent.bitLength() > 1
                && exponent.bitLength() <= LARGEST_EXPONENT_BITS
                && exponent.testBit(0);
    }

    /** Entra's member {@code issuer}, a template where the key serves many tenants. What is no web address says nothing. */
    private static @Nullable IssuerRule issuerOf(JsonObject json) {
        String issuer = json.string(ISSUER, "");
        boolean isAddress =
                issuer.regionMatches(true, 0, "https://", 0, 8) || issuer.regionMatches(true, 0, "http://", 0, 7);
        return isAddress ? new IssuerRule(issuer) : null;
    }

    @Override
    public String toString() {
        return PrintableText.of("SigningKey[" + id + "]");
    }
}
