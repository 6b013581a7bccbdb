package dev.latchkey.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Streams of events: who gets one, and how a stream ends when its browser is gone. */
@Timeout(120)
final class EventsTest {
    private WebBench bench;
    private Browser browser;

    @BeforeEach
    void start() throws Exception {
        bench = WebBench.start();
        browser = bench.browser();
        browser.signIn(WebBench.ALICE, "User.Read");
    }

    @AfterEach
    void stop() {
        bench.close();
    }

    /** Opens a stream as raw bytes and waits for the start of its response. */
    private Socket open() throws IOException {
        Socket socket = new Socket("127.0.0.1", URI.create(bench.origin).getPort());
        socket.setSoTimeout(20_000);
        String request =
                "GET /latchkey/events HTTP/1.1\r\nHost: localhost\r\nCookie: " + browser.cookies() + "\r\n\r\n";
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    private static void awaitText(Socket socket, String text) throws IOException {
        InputStream in = socket.getInputStream();
        StringBuilder seen = new StringBuilder();
        while (seen.indexOf(text) < 0) {
            int c = in.read();
            assertThat(c).as("ended after " + seen).isNotNegative();
            seen.append((char) c);
        }
    }

    private static void await(BooleanSupplier condition) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime() - start).isLessThan(30_000_000_000L);
            Thread.onSpinWait();
        }
    }

    @Test
    void stream_quiet_isSentACommentEveryFifteenSeconds() throws Exception {
        try (Socket socket = open()) {
            awaitText(socket, "event: session");
            awaitText(socket, "\n\n");
            bench.clock.advance(Duration.ofSeconds(15));
            awaitText(socket, ":\n\n");
            bench.clock.advance(Duration.ofSeconds(15));
            awaitText(socket, ":\n\n");
        }
    }

    @Test
    void streams_whoseBrowsersAreGone_areGoneAMinuteLater() throws Exception {
        int connections = bench.connections();
        List<Socket> sockets = new ArrayList<>();
        for (int session = 0; session < 5; session++) {
            browser = bench.browser();
            browser.signIn(WebBench.ALICE, "User.Read");
            for (int i = 0; i < 8; i++) {
                sockets.add(open());
            }
        }
        for (Socket socket : sockets) {
            awaitText(socket, "event: session");
        }
        assertThat(bench.openStreams()).isEqualTo(40);
        for (Socket socket : sockets) {
            // Like a killed process: a reset, and nothing is read any more.
            socket.setSoLinger(true, 0);
            socket.close();
        }

        for (int beat = 0; beat < 4; beat++) {
            bench.scheduler.awaitWaiting(1, Duration.ofSeconds(30));
            bench.clock.advance(EventsEndpoint.HEARTBEAT);
            if (bench.openStreams() == 0) {
                break;
            }
        }

        await(() -> bench.openStreams() == 0);
        // The remaining connections belong to the browsers, which keep them for their next call.
        await(() -> bench.connections() <= connections + 5);
    }

    @Test
    void heartbeat_withoutStreams_stops() throws Exception {
        try (Socket socket = open()) {
            awaitText(socket, "event: session");
        }
        for (int beat = 0; beat < 4 && bench.openStreams() > 0; beat++) {
            bench.scheduler.awaitWaiting(1, Duration.ofSeconds(30));
            bench.clock.advance(EventsEndpoint.HEARTBEAT);
        }
        await(() -> bench.openStreams() == 0);

        bench.clock.advance(EventsEndpoint.HEARTBEAT);

        assertThat(bench.scheduler.waiting()).isZero();
    }

    @Test
    void stream_theNinthOfASession_isNotGiven() throws Exception {
        List<Socket> sockets = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            sockets.add(open());
            awaitText(sockets.get(i), "event: session");
        }

        assertThat(browser.get("/events").statusCode()).isEqualTo(204);

        for (Socket socket : sockets) {
            socket.close();
        }
    }

    @Test
    void stream_forAPageOfAnotherOrigin_isRefused() {
        browser.headers.put("Origin", "https://evil.example");
        assertThat(browser.get("/events").statusCode()).isEqualTo(403);
        browser.headers.remove("Origin");
        for (String site : List.of("cross-site", "same-site", "none")) {
            browser.headers.put("Sec-Fetch-Site", site);
            assertThat(browser.get("/events").statusCode()).isEqualTo(403);
        }
        assertThat(bench.openStreams()).isZero();
    }

    @Test
    void stream_afterEverybodyLeft_tellsItOnceAndEnds() throws Exception {
        try (EventStream events = EventStream.open(bench, browser)) {
            assertThat(events.next()).contains(WebBench.ALICE);

            browser.post("/clear", "{}");

            assertThat(events.next()).contains("\"accounts\":[]");
            assertThat(events.next()).as("the end").isEmpty();
        }
    }

    @Test
    void stream_ofASessionThatEverybodyLeft_isNotGiven() {
        browser.post("/clear", "{}");

        assertThat(browser.get("/events").statusCode()).isEqualTo(204);
    }
}
