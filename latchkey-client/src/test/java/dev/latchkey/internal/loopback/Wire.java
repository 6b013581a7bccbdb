package dev.latchkey.internal.loopback;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** A raw connection to the listener that sends exactly the given bytes. */
final class Wire implements AutoCloseable {
    private static final int GUARD_MILLIS = 20_000;

    private final Socket socket;
    private final int port;

    private Wire(InetAddress address, int port) throws IOException {
        this.port = port;
        this.socket = new Socket(address, port);
        this.socket.setSoTimeout(GUARD_MILLIS);
        this.socket.setTcpNoDelay(true);
    }

    static Wire to(URI redirectUri) throws IOException {
        return new Wire(InetAddress.getByName("127.0.0.1"), redirectUri.getPort());
    }

    static Wire toIpv6(URI redirectUri) throws IOException {
        return new Wire(InetAddress.getByName("::1"), redirectUri.getPort());
    }

    /** The response. */
    record Response(int status, Map<String, String> headers, String body) {
        String header(String name) {
            return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
        }
    }

    static Response get(URI redirectUri, String target) throws IOException {
        try (Wire wire = to(redirectUri)) {
            return wire.sendGet(target).response();
        }
    }

    static Response post(URI redirectUri, String body) throws IOException {
        try (Wire wire = to(redirectUri)) {
            return wire.sendPost("/", "application/x-www-form-urlencoded", body).response();
        }
    }

    Wire sendGet(String target) throws IOException {
        return sendGet(target, "Accept: */*");
    }

    Wire sendGet(String target, String header) throws IOException {
        return send("GET " + target + " HTTP/1.1\r\nHost: localhost:" + port + "\r\n" + header + "\r\n\r\n");
    }

    Wire sendPost(String target, String contentType, String body) throws IOException {
        return send("POST " + target + " HTTP/1.1\r\nHost: localhost:" + port + "\r\nContent-Type: " + contentType
                + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body);
    }

    Wire send(String text) throws IOException {
        return send(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    Wire send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        socket.getOutputStream().flush();
        return this;
    }

    Wire endOutput() throws IOException {
        socket.shutdownOutput();
        return this;
    }

    int port() {
        return port;
    }

    /** Everything until the listener closes the connection; empty if it was reset or closed without a response. */
    byte[] everything() throws IOException {
        ByteArrayOutputStream received = new ByteArrayOutputStream();
        try {
            InputStream in = socket.getInputStream();
            for (int c = in.read(); c >= 0; c = in.read()) {
                received.write(c);
            }
        } catch (SocketException reset) {
            return received.toByteArray();
        }
        return received.toByteArray();
    }

    Response response() throws IOException {
        String text = new String(everything(), StandardCharsets.UTF_8);
        String[] parts = text.split("\r\n\r\n", 2);
        if (parts.length < 2) {
            throw new IOException("no response but: " + text);
        }
        String[] lines = parts[0].split("\r\n");
        Map<String, String> headers = new TreeMap<>();
        for (String line : Arrays.asList(lines).subList(1, lines.length)) {
            String[] field = line.split(": ", 2);
            headers.put(field[0].toLowerCase(Locale.ROOT), field[1]);
        }
        return new Response(Integer.parseInt(lines[0].split(" ")[1]), headers, parts[1]);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
