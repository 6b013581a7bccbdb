package dev.latchkey.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.core.http.HttpAnswer;
import dev.latchkey.core.http.HttpMessage;
import dev.latchkey.core.http.Parameters;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The real network, at its worst. */
@Timeout(30)
class JdkHttpTransportTest {
    private static final Duration SHORT = Duration.ofMillis(400);
    private static final Duration LONG = Duration.ofSeconds(20);

    private final CountDownLatch over = new CountDownLatch(1);
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final JdkHttpTransport transport = JdkHttpTransport.create();
    private ServerSocket server;

    /** Writes what it likes. */
    private interface Behaviour {
        void answer(OutputStream out) throws IOException, InterruptedException;
    }

    @BeforeEach
    void listen() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    }

    @AfterEach
    void stop() throws IOException {
        over.countDown();
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"gzip", "GZIP", "x-gzip", " gzip"})
    void answer_compressedUnasked_isRead(String encoding) throws Exception {
        byte[] body = gzip("{\"tea\":\"\u00e9\"}".getBytes(StandardCharsets.UTF_8));
        serve(out -> writeEncoded(out, encoding, body));

        assertThat(got()).isEqualTo("{\"tea\":\"\u00e9\"}");
    }

    @Test
    void answer_namedIdentity_isReadAsItIs() throws Exception {
        serve(out -> writeEncoded(out, "identity", "tea".getBytes(StandardCharsets.UTF_8)));

        assertThat(got()).isEqualTo("tea");
    }

    @Test
    void answer_compressedAndEmpty_isEmpty() throws Exception {
        serve(out -> writeEncoded(out, "gzip", new byte[0]));

        assertThat(got()).isEmpty();
    }

    /** Ten megabytes of nothing are ten kilobytes on the wire. */
    @Test
    void answer_compressedAndTooLong_isGivenUp() throws Exception {
        byte[] bomb = gzip(new byte[10 * HttpTransport.MAX_BODY_BYTES]);
        assertThat(bomb.length).isLessThan(20_000);
        serve(out -> writeEncoded(out, "gzip", bomb));

        assertThatThrownBy(this::got).isInstanceOf(HttpTransport.BodyTooLargeException.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "gzip | not compressed | which it is not",
                "br | anything | encoded as 'br'",
                "gzip, br | anything | encoded as 'gzip, br'",
            })
    void answer_encodedInAnotherWay_saysSo(String encoding, String body, String words) throws Exception {
        serve(out -> writeEncoded(out, encoding, body.getBytes(StandardCharsets.UTF_8)));

        assertThatThrownBy(this::got).isInstanceOf(IOException.class).hasMessageContaining(words);
    }

    private String got() throws Exception {
        return transport.send(HttpMessage.get(address()), LONG).body();
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(out)) {
            zip.write(bytes);
        }
        return out.toByteArray();
    }

    private static void writeEncoded(OutputStream out, String encoding, byte[] body) throws IOException {
        write(
                out,
                "HTTP/1.1 200 OK\r\nContent-Encoding: " + encoding + "\r\nContent-Length: " + body.length + "\r\n\r\n");
        out.write(body);
        out.flush();
    }

    @Test
    void answer_statusHeadersAndBody_areAllThere() throws Exception {
        serve(out -> write(out, "HTTP/1.1 418 I'm a teapot\r\nX-Kind: oolong\r\nContent-Length: 5\r\n\r\ntea \u00e9"));
        HttpAnswer answer = transport.send(HttpMessage.get(address()), LONG);
        assertThat(answer.status()).isEqualTo(418);
        assertThat(answer.header("x-KIND")).isEqualTo("oolong");
    }

    @Test
    void form_isSentEncoded() throws Exception {
        serve(out -> write(out, "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}"));
        HttpMessage message = HttpMessage.post(
                address(), Parameters.builder().set("a", "b c&d").build());
        assertThat(transport.send(message, LONG).body()).isEqualTo("{}");
        assertThat(requests.get(0)).startsWith("POST").contains("application/x-www-form-urlencoded");
    }

    @Test
    void redirect_isNotFollowed() throws Exception {
        serve(out -> write(out, "HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n"));
        assertThat(transport.send(HttpMessage.get(address()), LONG).status()).isEqualTo(302);
    }

    @Test
    void silentServer_timesOut() {
        serve(out -> over.await());
        assertThatThrownBy(() -> transport.send(HttpMessage.get(address()), SHORT))
                .isInstanceOf(HttpTimeoutException.class);
    }

    /** The client's own timeout ends with the headers. */
    @Test
    void serverThatStallsInTheBody_timesOut() {
        serve(out -> {
            write(out, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
            over.await();
        });
        assertThatThrownBy(() -> transport.send(HttpMessage.get(address()), SHORT))
                .isInstanceOf(HttpTimeoutException.class);
    }

    @Test
    void serverThatDripsForEver_timesOut() {
        serve(out -> {
            write(out, "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n");
            while (!over.await(20, TimeUnit.MILLISECONDS)) {
                write(out, " ");
            }
        });
        assertThatThrownBy(() -> transport.send(HttpMessage.get(address()), SHORT))
                .isInstanceOf(HttpTimeoutException.class);
    }

    @Test
    void endlessBody_isCutOff() {
        serve(out -> {
            write(out, "HTTP/1.1 200 OK\r\n\r\n");
            while (over.getCount() > 0) {
                write(out, "x".repeat(65_536));
            }
        });
        assertThatThrownBy(() -> transport.send(HttpMessage.get(address()), LONG))
                .isInstanceOf(HttpTransport.BodyTooLargeException.class);
    }

    @Test
    void nobodyListens_certainlyNotSent() throws Exception {
        URI gone = address();
        server.close();
        assertThatThrownBy(() -> transport.send(HttpMessage.get(gone), LONG))
                .isInstanceOf(HttpTransport.NotSentException.class);
    }

    @Test
    void unknownHost_certainlyNotSent() {
        assertThatThrownBy(() -> transport.send(HttpMessage.get(URI.create("https://nobody.invalid/")), LONG))
                .isInstanceOf(HttpTransport.NotSentException.class);
    }

    @Test
    void brokenConnection_mayHaveBeenSent() {
        serve(out -> {});
        assertThatThrownBy(() -> transport.send(HttpMessage.get(address()), LONG))
                .isInstanceOf(IOException.class)
                .isNotInstanceOf(HttpTransport.NotSentException.class);
    }

    @Test
    void interrupted_stopsWaiting() throws Exception {
        serve(out -> over.await());
        CompletableFuture<Throwable> seen = new CompletableFuture<>();
        Thread waiting = new Thread(() -> {
            try {
                transport.send(HttpMessage.get(address()), LONG);
            } catch (IOException | InterruptedException e) {
                seen.complete(e);
            }
        });
        waiting.start();
        waiting.interrupt();
        assertThat(seen.get(20, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
    }

    @Test
    void clientThatFollowsRedirects_isRefused() {
        HttpClient following = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();
        assertThatThrownBy(() -> JdkHttpTransport.over(following)).isInstanceOf(IllegalArgumentException.class);
    }

    private URI address() {
        return URI.create("http://127.0.0.1:" + server.getLocalPort() + "/");
    }

    private void serve(Behaviour behaviour) {
        Thread thread = new Thread(() -> {
            try (Socket socket = server.accept()) {
                requests.add(readHead(socket));
                behaviour.answer(socket.getOutputStream());
            } catch (IOException e) {
                // The client has gone, or the test is over.
                assertThat(e).isNotNull();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        thread.setDaemon(true);
        thread.start();
    }

    private static String readHead(Socket socket) throws IOException {
        BufferedReader reader =
                new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
        StringBuilder head = new StringBuilder();
        for (String line = reader.readLine(); line != null && !line.isEmpty(); line = reader.readLine()) {
            head.append(line).append('\n');
        }
        return head.toString();
    }

    private static void write(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }
}
