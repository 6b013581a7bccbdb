package dev.latchkey.authority.token;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;

/** Names of certificates in JOSE headers (RFC 7515 sections 4.1.7 and 4.1.8). */
public final class Thumbprints {
    private Thumbprints() {}

    /** {@code x5t}. */
    public static String sha1(X509Certificate certificate) {
        return of("SHA-1", certificate);
    }

    /** {@code x5t#S256}. */
    public static String sha256(X509Certificate certificate) {
        return of("SHA-256", certificate);
    }

    private static String of(String algorithm, X509Certificate certificate) {
        try {
            return Digests.base64(MessageDigest.getInstance(algorithm).digest(certificate.getEncoded()));
        } catch (NoSuchAlgorithmException | CertificateEncodingException e) {
            throw new IllegalStateException("a registered certificate has no thumbprint", e);
        }
    }
}
