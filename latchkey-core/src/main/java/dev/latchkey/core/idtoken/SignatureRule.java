package dev.latchkey.core.idtoken;

import com.nimbusds.jose.JWSAlgorithm;
import dev.latchkey.core.PrintableText;
import dev.latchkey.core.Secret;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which signatures an issuer may make for a client: with any asymmetric algorithm, or with the one that the client's
 * registration names ({@code id_token_signed_response_alg}). Never {@code none}, and with a shared secret only where the
 * registration names that. Immutable.
 */
public final class SignatureRule {
    /** RFC 7518 section 3.1, RFC 8037, RFC 9864. */
    private static final Set<JWSAlgorithm> ASYMMETRIC = Stream.of(
                    "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA", "Ed25519")
            .map(JWSAlgorithm::new)
            .collect(Collectors.toUnmodifiableSet());

    /** RFC 7518 section 3.2, with the bits that a key must have. */
    private static final Map<String, Integer> SYMMETRIC = Map.of("HS256", 256, "HS384", 384, "HS512", 512);

    /** Any asymmetric algorithm: RS, PS and ES 256 to 512, EdDSA and Ed25519. */
    public static final SignatureRule ASYMMETRIC_ONLY =
            new SignatureRule(ASYMMETRIC, null, "RS, PS and ES 256 to 512, EdDSA with Ed25519");

    private final Set<JWSAlgorithm> accepted;
    private final @Nullable SigningKeys shared;
    private final String words;

    private SignatureRule(Set<JWSAlgorithm> accepted, @Nullable SigningKeys shared, String words) {
        this.accepted = accepted;
        this.shared = shared;
        this.words = words;
    }

    /**
     * Creates the rule for one algorithm.
     *
     * @param algorithm its name, for example {@code ES256}
     * @param clientSecret the key for HS256, HS384 and HS512 (OpenID Connect Core 10.1); null if the client has none
     * @throws IllegalArgumentException if the algorithm is not supported, or needs a longer secret
     */
    public static SignatureRule only(String algorithm, @Nullable Secret clientSecret) {
        JWSAlgorithm only = new JWSAlgorithm(algorithm);
        String words = algorithm + " alone, as set with idTokenSignedResponseAlg";
        if (ASYMMETRIC.contains(only)) {
            return new SignatureRule(Set.of(only), null, words);
        }
        Integer bits = SYMMETRIC.get(algorithm);
        if (bits == null) {
            throw new IllegalArgumentException("not an algorithm for ID tokens: " + PrintableText.of(algorithm, 20)
                    + "; known are " + ASYMMETRIC_ONLY.words + ", and HS256, HS384 and HS512 with a client secret");
        }
        if (clientSecret == null) {
            throw new IllegalArgumentException(algorithm + " needs a confidential client with a client secret");
        }
        byte[] key = clientSecret.reveal().getBytes(StandardCharsets.UTF_8);
        if (key.length * 8 < bits) {
            throw new IllegalArgumentException(algorithm + " needs a client secret of at least " + bits / 8
                    + " bytes (RFC 7518 section 3.2), or others could guess it");
        }
        return new SignatureRule(Set.of(only), SigningKeys.of(key, only), words);
    }

    /** Whether the client secret is the key, so that no other has to be fetched. */
    public boolean isSymmetric() {
        return shared != null;
    }

    boolean accepts(JWSAlgorithm algorithm) {
        return accepted.contains(algorithm);
    }

    /** What to do about a token with another algorithm; empty if the words of this rule say it. */
    String adviceOn(JWSAlgorithm rejected) {
        return this == ASYMMETRIC_ONLY && SYMMETRIC.containsKey(rejected.getName())
                ? ". That is for confidential clients, with idTokenSignedResponseAlg(\"" + rejected.getName()
                        + "\"); for others, choose a signing key at the authority"
                : "";
    }

    /** The keys to verify with: the published ones, unless the key is the client secret. */
    SigningKeys keys(SigningKeys published) {
        return shared == null ? published : shared;
    }

    /** What is accepted, in words. */
    @Override
    public String toString() {
        return words;
    }
}
