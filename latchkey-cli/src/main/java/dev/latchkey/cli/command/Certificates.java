package dev.latchkey.cli.command;

import dev.latchkey.cli.args.UsageException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.Collection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/** Certificates in PEM files. */
final class Certificates {
    private static final int PEM_LINE = 64;

    private Certificates() {}

    /** Trusts the certificates in the file in addition to those that the JVM trusts. */
    static SSLContext trusting(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            KeyStore trusted = KeyStore.getInstance(KeyStore.getDefaultType());
            trusted.load(null, null);
            add(trusted, "jvm", trustedByDefault());
            Collection<? extends Certificate> own =
                    CertificateFactory.getInstance("X.509").generateCertificates(in);
            if (own.isEmpty()) {
                throw new UsageException("no certificate in " + file);
            }
            add(trusted, "own", own.toArray(Certificate[]::new));
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, managers(trusted), null);
            return context;
        } catch (IOException e) {
            throw new UsageException("cannot read " + file + ": " + e);
        } catch (GeneralSecurityException e) {
            throw new UsageException("cannot read PEM certificates from " + file + ": " + e.getMessage());
        }
    }

    /** The text of a PEM file (RFC 7468). */
    static String pem(X509Certificate certificate) throws GeneralSecurityException {
        String base64 = Base64.getMimeEncoder(PEM_LINE, new byte[] {'\n'}).encodeToString(certificate.getEncoded());
        return "-----BEGIN CERTIFICATE-----\n" + base64 + "\n-----END CERTIFICATE-----\n";
    }

    private static Certificate[] trustedByDefault() throws GeneralSecurityException {
        for (TrustManager manager : managers(null)) {
            if (manager instanceof X509TrustManager x509) {
                return x509.getAcceptedIssuers();
            }
        }
        return new Certificate[0];
    }

    private static TrustManager[] managers(@org.jspecify.annotations.Nullable KeyStore trusted)
            throws GeneralSecurityException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(trusted);
        return factory.getTrustManagers();
    }

    private static void add(KeyStore store, String prefix, Certificate[] certificates) throws GeneralSecurityException {
        for (int i = 0; i < certificates.length; i++) {
            store.setCertificateEntry(prefix + i, certificates[i]);
        }
    }
}
