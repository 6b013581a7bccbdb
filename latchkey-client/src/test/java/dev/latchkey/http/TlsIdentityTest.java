package dev.latchkey.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.core.http.HttpMessage;
import dev.latchkey.core.http.TlsIdentity;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A request that presents a certificate, over a transport that has none. */
@Timeout(60)
class TlsIdentityTest {
    private static final char[] PASSWORD = "changeit".toCharArray();
    private static final Duration LONG = Duration.ofSeconds(20);

    @TempDir
    Path directory;

    private final List<String> seen = new CopyOnWriteArrayList<>();
    private SSLServerSocket server;
    private KeyStore keys;
    private SSLContext trustOnly;

    @BeforeEach
    void listen() throws Exception {
        keys = generated("CN=service");
        trustOnly = context(new KeyManager[0]);
        server = (SSLServerSocket) identity().getServerSocketFactory().createServerSocket(0, 50, loopback());
        server.setWantClientAuth(true);
        Thread serving = new Thread(this::serve, "server");
        serving.setDaemon(true);
        serving.start();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Test
    void request_withAnIdentity_presentsItsCertificateAndOthersDoNot() throws Exception {
        try (JdkHttpTransport transport = JdkHttpTransport.trusting(trustOnly)) {
            HttpMessage plain = HttpMessage.builder(address()).build();
            HttpMessage identified = HttpMessage.builder(address())
                    .tlsIdentity(new SslContextIdentity(identity()))
                    .build();

            assertThat(transport.send(plain, LONG).status()).isEqualTo(200);
            assertThat(transport.send(identified, LONG).status()).isEqualTo(200);
            assertThat(transport.send(identified.withHeader("X", "y"), LONG).status())
                    .isEqualTo(200);
            assertThat(transport.send(plain, LONG).status()).isEqualTo(200);
        }

        assertThat(seen).containsExactly("nobody", "CN=service", "CN=service", "nobody");
    }

    @Test
    void request_withAnIdentityThatTrustsNobody_isNotSent() throws Exception {
        try (JdkHttpTransport transport = JdkHttpTransport.trusting(trustOnly)) {
            HttpMessage identified = HttpMessage.builder(address())
                    .tlsIdentity(new SslContextIdentity(SSLContext.getDefault()))
                    .build();

            assertThatThrownBy(() -> transport.send(identified, LONG)).isInstanceOf(SSLException.class);
        }
        assertThat(seen).isEmpty();
    }

    @Test
    void identities_thatRotate_stayFewAndAreGivenBack() throws Exception {
        JdkHttpTransport transport = JdkHttpTransport.trusting(trustOnly);
        for (int i = 0; i < Identities.MOST + 3; i++) {
            HttpMessage identified = HttpMessage.builder(address())
                    .tlsIdentity(new SslContextIdentity(identity()))
                    .build();
            assertThat(transport.send(identified, LONG).status()).isEqualTo(200);
        }
        transport.close();

        HttpMessage late = HttpMessage.builder(address())
                .tlsIdentity(new SslContextIdentity(identity()))
                .build();
        assertThatThrownBy(() -> transport.send(late, LONG))
                .isInstanceOf(HttpTransport.NotSentException.class)
                .hasMessageContaining("closed");
        assertThat(seen).hasSize(Identities.MOST + 3).containsOnly("CN=service");
    }

    @Test
    void client_ofTheApplication_cannotTakeAnIdentityAndSaysSo() throws Exception {
        JdkHttpTransport transport = JdkHttpTransport.over(HttpClient.newHttpClient());
        HttpMessage identified = HttpMessage.builder(address())
                .tlsIdentity(new SslContextIdentity(identity()))
                .build();

        assertThatThrownBy(() -> transport.send(identified, LONG))
                .isInstanceOf(HttpTransport.NotSentException.class)
                .hasMessageContaining("TLS identity");
    }

    @Test
    void identity_ofAnotherKind_isNotSent() throws Exception {
        try (JdkHttpTransport transport = JdkHttpTransport.create()) {
            HttpMessage identified = HttpMessage.builder(address())
                    .tlsIdentity(new TlsIdentity() {})
                    .build();

            assertThatThrownBy(() -> transport.send(identified, LONG))
                    .isInstanceOf(HttpTransport.NotSentException.class)
                    .hasMessageContaining("SSLContext");
        }
    }

    private void serve() {
        while (!server.isClosed()) {
            try (SSLSocket socket = (SSLSocket) server.accept()) {
                BufferedReader in =
                        new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
                for (String line = in.readLine(); line != null && !line.isEmpty(); ) {
                    line = in.readLine();
                }
                seen.add(peer(socket));
                socket.getOutputStream()
                        .write("HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 0\r\n\r\n"
                                .getBytes(StandardCharsets.US_ASCII));
                socket.getOutputStream().flush();
            } catch (IOException closedOrRefused) {
                // The next one, if there is one.
            }
        }
    }

    private static String peer(SSLSocket socket) {
        try {
            return socket.getSession().getPeerPrincipal().getName();
        } catch (SSLPeerUnverifiedException e) {
            return "nobody";
        }
    }

    private URI address() {
        return URI.create("https://127.0.0.1:" + server.getLocalPort() + "/");
    }

    private static InetAddress loopback() throws IOException {
        return InetAddress.getByName("127.0.0.1");
    }

    private SSLContext identity() throws Exception {
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(keys, PASSWORD);
        return context(factory.getKeyManagers());
    }

    private SSLContext context(KeyManager[] own) throws Exception {
        KeyStore anchors = KeyStore.getInstance("PKCS12");
        anchors.load(null, null);
        anchors.setCertificateEntry("service", keys.getCertificate("service"));
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(anchors);
        TrustManager[] trust = factory.getTrustManagers();
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(own, trust, null);
        return context;
    }

    /** By the platform's own tool: this module has nothing that signs certificates. */
    private KeyStore generated(String name) throws Exception {
        Path file = directory.resolve("keys.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "service",
                        "-keyalg",
                        "EC",
                        "-dname",
                        name,
                        "-ext",
                        "san=ip:127.0.0.1",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        file.toString(),
                        "-storepass",
                        new String(PASSWORD))
                .redirectErrorStream(true)
                .start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(keytool.waitFor()).as(said).isZero();
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
            store.load(in, PASSWORD);
        }
        return store;
    }
}
