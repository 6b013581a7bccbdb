package dev.latchkey.authority;

import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.util.Optional;

/**
 * What a client's assertions are checked with (RFC 7523).
 *
 * @param issuer of the assertion; empty if the client signs it itself
 * @param subject of the assertion; empty if it is the client
 * @param certificate whose thumbprint the header must name; empty if the key has none
 */
public record AssertionCredential(
        PublicKey key, Optional<X509Certificate> certificate, Optional<String> issuer, Optional<String> subject) {
    static AssertionCredential of(X509Certificate certificate) {
        return new AssertionCredential(
                certificate.getPublicKey(), Optional.of(certificate), Optional.empty(), Optional.empty());
    }

    static AssertionCredential of(PublicKey key) {
        return new AssertionCredential(key, Optional.empty(), Optional.empty(), Optional.empty());
    }

    static AssertionCredential federated(String issuer, String subject, PublicKey key) {
        return new AssertionCredential(key, Optional.empty(), Optional.of(issuer), Optional.of(subject));
    }

    /** Whether another issuer vouches for the client. */
    public boolean isFederated() {
        return issuer.isPresent();
    }
}
