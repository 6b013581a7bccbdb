package dev.latchkey.web;

import static dev.latchkey.web.Browser.errorOf;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A slow sender holds a connection but no thread, and only for a limited time. */
@Timeout(120)
final class SlowBodiesTest {
    /** More than the container has threads. */
    private static final int SLOW = 230;

    private final List<Socket> sockets = new ArrayList<>();
    private WebBench bench;

    @AfterEach
    void stop() throws IOException {
        for (Socket socket : sockets) {
            socket.close();
        }
        if (bench != null) {
            bench.close();
        }
    }

    private Socket beginBody(int length, String begin) throws IOException {
        URI origin = URI.create(bench.origin);
        Socket socket = new Socket("127.0.0.1", origin.getPort());
        sockets.add(socket);
        socket.setSoTimeout(30_000);
        String head = "POST /latchkey/start HTTP/1.1\r\nHost: " + origin.getAuthority()
                + "\r\nX-Latchkey: 1\r\nContent-Type: application/json\r\nConnection: close\r\nContent-Length: "
                + length + "\r\n\r\n";
        socket.getOutputStream().write((head + begin).getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    @Test
    void slowBodies_moreThanThereAreThreads_keepNobodyWaiting() throws Exception {
        bench = WebBench.start();
        for (int i = 0; i < SLOW; i++) {
            beginBody(1000, "{\"type\"");
        }

        Browser browser = bench.browser();

        browser.signIn(WebBench.ALICE, "User.Read");
        assertThat(browser.usernames()).containsExactly(WebBench.ALICE);
    }

    @Test
    void body_inPieces_isReadWhole() throws Exception {
        bench = WebBench.start();
        String body =
                "{\"type\":\"popup\",\"id\":\"" + Browser.newId() + "\",\"request\":{\"scopes\":[\"User.Read\"]}}";
        Socket socket = beginBody(body.length(), body.substring(0, 1));
        for (int i = 1; i < body.length(); i++) {
            socket.getOutputStream().write(body.charAt(i));
            socket.getOutputStream().flush();
        }

        assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .startsWith("HTTP/1.1 200 ")
                .contains("\"url\":");
    }

    @Test
    void body_tooLong_isRefusedWithoutBeingReadToItsEnd() throws Exception {
        bench = WebBench.start();
        Browser browser = bench.browser();

        HttpResponse<String> answer = browser.post("/start", "x".repeat(BodyReader.MOST_BYTES + 1));

        assertThat(errorOf(answer)).isEqualTo("request_too_large");
        Socket endless = beginBody(1_000_000_000, "x".repeat(3 * BodyReader.MOST_BYTES));
        assertThat(new String(endless.getInputStream().readNBytes(12), StandardCharsets.US_ASCII))
                .isEqualTo("HTTP/1.1 413");
    }
}
