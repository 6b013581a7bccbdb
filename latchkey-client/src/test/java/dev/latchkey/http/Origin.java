package dev.latchkey.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** A server of the name {@code op.example}, with TLS or without, that keeps every head it gets and always answers the same. */
final class Origin implements AutoCloseable {
    static final String HOST = "op.example";
    private static final char[] PASSWORD = "changeit".toCharArray();

    final List<String> heads = new CopyOnWriteArrayList<>();
    volatile String answer = "HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\ntea";
    private final ServerSocket server;

    private Origin(ServerSocket server) {
        this.server = server;
        Thread serving = new Thread(this::accept, "origin");
        serving.setDaemon(true);
        serving.start();
    }

    static Origin plain() throws IOException {
        return new Origin(new ServerSocket(0, 50, loopback()));
    }

    static Origin secure(Path keys) throws Exception {
        KeyManagerFactory factory = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        factory.init(load(keys), PASSWORD);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(factory.getKeyManagers(), null, null);
        return new Origin(context.getServerSocketFactory().createServerSocket(0, 50, loopback()));
    }

    int port() {
        return server.getLocalPort();
    }

    /** Trusts only the server whose keys these are. */
    static SSLContext trusting(Path keys) throws Exception {
        KeyStore anchors = KeyStore.getInstance("PKCS12");
        anchors.load(null, null);
        anchors.setCertificateEntry("origin", load(keys).getCertificate("origin"));
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(anchors);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, factory.getTrustManagers(), null);
        return context;
    }

    /** By the platform's own tool: this module has nothing that signs certificates. */
    static Path keys(Path directory) throws Exception {
        Path file = directory.resolve("origin.p12");
        String options = "-genkeypair -alias origin -keyalg EC -dname CN=origin -storetype PKCS12 -ext san=dns:" + HOST
                + " -storepass " + new String(PASSWORD);
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
        command.addAll(List.of(options.split(" ")));
        command.addAll(List.of("-keystore", file.toString()));
        Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(keytool.waitFor()).as(said).isZero();
        return file;
    }

    private static KeyStore load(Path keys) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(keys)) {
            store.load(in, PASSWORD);
        }
        return store;
    }

    static InetAddress loopback() throws IOException {
        return InetAddress.getByName("127.0.0.1");
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                Thread serving = new Thread(() -> serve(socket), "origin-connection");
                serving.setDaemon(true);
                serving.start();
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            for (String head = head(socket); !head.isEmpty(); head = head(socket)) {
                heads.add(head);
                socket.getOutputStream().write(answer.getBytes(StandardCharsets.US_ASCII));
                socket.getOutputStream().flush();
            }
        } catch (IOException closedOrRefused) {
            // The other side has gone.
        }
    }

    /** The lines up to the empty one; empty when the other side closes. */
    static String head(Socket socket) throws IOException {
        StringBuilder head = new StringBuilder();
        InputStream in = socket.getInputStream();
        for (int c = in.read(); c >= 0; c = in.read()) {
            head.append((char) c);
            if (c == '\n' && head.toString().endsWith("\r\n\r\n")) {
                return head.toString();
            }
        }
        return "";
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
