package dev.latchkey.authority.http;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.IPAddress;

/**
 * A certificate authority made for one run, and the server certificate it signed for the loopback names.
 *
 * @param authority what clients must trust
 * @param server for the listening side
 * @param client for the asking side: trusts the authority and nothing else
 */
public record GeneratedTls(X509Certificate authority, SSLContext server, SSLContext client) {
    private static final Duration BACKDATED = Duration.ofDays(1);
    private static final Duration LIFETIME = Duration.ofDays(90);
    private static final char[] NO_PASSWORD = new char[0];

    /**
     * Makes keys and certificates valid around an instant of the machine's clock, which TLS goes by.
     *
     * @param host named by the certificate besides the loopback names
     */
    public static GeneratedTls generate(Instant now, String host) {
        try {
            KeyPair authorityKeys = keys();
            KeyPair serverKeys = keys();
            X509Certificate authority = authorityCertificate(authorityKeys, now);
            X509Certificate server = serverCertificate(authorityKeys, authority, serverKeys, now, host);
            return new GeneratedTls(
                    authority, serverContext(serverKeys.getPrivate(), server, authority), trusting(authority));
        } catch (GeneralSecurityException | IOException | OperatorCreationException e) {
            throw new IllegalStateException("cannot make a certificate", e);
        }
    }

    private static KeyPair keys() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        return generator.generateKeyPair();
    }

    private static X509Certificate authorityCertificate(KeyPair keys, Instant now)
            throws GeneralSecurityException, IOException, OperatorCreationException {
        X500Name name = new X500Name("CN=Local authority CA for tests only");
        X509v3CertificateBuilder builder =
                new JcaX509v3CertificateBuilder(name, serial(now, 1), from(now), until(now), name, keys.getPublic());
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(0));
        builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign));
        return signed(builder, keys.getPrivate());
    }

    private static X509Certificate serverCertificate(
            KeyPair authorityKeys, X509Certificate authority, KeyPair keys, Instant now, String host)
            throws GeneralSecurityException, IOException, OperatorCreationException {
        X509v3CertificateBuilder builder = new JcaX509v3CertificateBuilder(
                authority, serial(now, 2), from(now), until(now), new X500Name("CN=localhost"), keys.getPublic());
        builder.addExtension(Extension.subjectAlternativeName, false, names(host));
        builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(false));
        builder.addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature));
        builder.addExtension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(KeyPurposeId.id_kp_serverAuth));
        return signed(builder, authorityKeys.getPrivate());
    }

    private static GeneralNames names(String host) {
        Set<String> addresses = new LinkedHashSet<>(List.of("127.0.0.1", "::1"));
        Set<String> names = new LinkedHashSet<>(List.of("localhost"));
        (IPAddress.isValid(host) ? addresses : names).add(host);
        Stream<GeneralName> all = Stream.concat(
                names.stream().map(name -> new GeneralName(GeneralName.dNSName, name)),
                addresses.stream().map(address -> new GeneralName(GeneralName.iPAddress, address)));
        return new GeneralNames(all.toArray(GeneralName[]::new));
    }

    private static X509Certificate signed(X509v3CertificateBuilder builder, PrivateKey key)
            throws GeneralSecurityException, OperatorCreationException {
        return new JcaX509CertificateConverter()
                .getCertificate(builder.build(new JcaContentSignerBuilder("SHA256withECDSA").build(key)));
    }

    private static SSLContext serverContext(PrivateKey key, X509Certificate... chain)
            throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("server", key, NO_PASSWORD, chain);
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(store, NO_PASSWORD);
        return context(factory.getKeyManagers(), new TrustManager[0]);
    }

    private static SSLContext trusting(X509Certificate authority) throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("authority", authority);
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(store);
        return context(new KeyManager[0], factory.getTrustManagers());
    }

    private static SSLContext context(KeyManager[] keys, TrustManager[] trust) throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys, trust, null);
        return context;
    }

    private static BigInteger serial(Instant now, int number) {
        return BigInteger.valueOf(now.toEpochMilli()).shiftLeft(8).add(BigInteger.valueOf(number));
    }

    private static Date from(Instant now) {
        return Date.from(now.minus(BACKDATED));
    }

    private static Date until(Instant now) {
        return Date.from(now.plus(LIFETIME));
    }
}
