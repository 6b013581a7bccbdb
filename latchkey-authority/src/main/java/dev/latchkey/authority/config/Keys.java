package dev.latchkey.authority.config;

import static java.nio.charset.StandardCharsets.US_ASCII;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.AsymmetricJWK;
import com.nimbusds.jose.jwk.JWK;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.text.ParseException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Certificates and public keys as the file has them: PEM, the name of a PEM file, or a JWK (RFC 7517). */
final class Keys {
    private static final String PEM = "-----BEGIN";

    private Keys() {}

    static X509Certificate certificate(String text, Path folder) {
        try {
            byte[] pem = pem(text, folder).getBytes(US_ASCII);
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(pem));
        } catch (CertificateException e) {
            throw new IllegalArgumentException("not a certificate in PEM: " + shown(text), e);
        }
    }

    static PublicKey publicKey(@Nullable Object value, Path folder) {
        if (value instanceof Map<?, ?> || value instanceof String) {
            try {
                JWK key = value instanceof Map<?, ?> map
                        ? JWK.parse(members(map))
                        : JWK.parseFromPEMEncodedObjects(pem((String) value, folder));
                if (key instanceof AsymmetricJWK pair) {
                    return pair.toPublicKey();
                }
            } catch (ParseException | JOSEException e) {
                throw new IllegalArgumentException("not a public key: " + e.getMessage(), e);
            }
        }
        throw new IllegalArgumentException("a public key is a JWK, PEM, or the name of a PEM file");
    }

    private static String pem(String text, Path folder) {
        if (text.startsWith(PEM)) {
            return text;
        }
        try {
            return Files.readString(folder.resolve(text), US_ASCII);
        } catch (IOException e) {
            throw new IllegalArgumentException("neither PEM nor a file that can be read: " + shown(text), e);
        }
    }

    private static Map<String, Object> members(Map<?, ?> jwk) {
        Map<String, Object> members = new LinkedHashMap<>();
        jwk.forEach((name, value) -> members.put(String.valueOf(name), value));
        return members;
    }

    private static String shown(String text) {
        return text.startsWith(PEM) ? PEM + "..." : text;
    }
}
