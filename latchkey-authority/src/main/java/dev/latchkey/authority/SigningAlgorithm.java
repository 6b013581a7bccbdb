package dev.latchkey.authority;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** How the plain OpenID Connect issuer can sign what is for one client (RFC 7518 section 3.1, RFC 8037 section 3.1). */
public enum SigningAlgorithm {
    /** With the authority's RSA key, which every client has to know. */
    RS256("RS256"),
    /** With the authority's Ed25519 key. */
    EDDSA("EdDSA"),
    /** With the client's secret, which must have 32 bytes or more; for confidential clients only. */
    HS256("HS256");

    private final String wireName;

    SigningAlgorithm(String wireName) {
        this.wireName = wireName;
    }

    /** The {@code alg} of the header. */
    public String wireName() {
        return wireName;
    }

    /** The algorithm of an {@code alg}; empty if the authority does not sign so. */
    public static Optional<SigningAlgorithm> of(String wireName) {
        return Arrays.stream(values())
                .filter(algorithm -> algorithm.wireName.equals(wireName))
                .findFirst();
    }

    /** Every {@code alg}, the most usual first. */
    public static List<String> wireNames() {
        return Arrays.stream(values()).map(SigningAlgorithm::wireName).toList();
    }
}
