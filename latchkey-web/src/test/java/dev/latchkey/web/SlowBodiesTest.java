package dev.latchkey.web;

import static dev.latchkey.web.Browser.errorOf;
import static org.assertj.core.api.Assertions.assertThat;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whoever sends a body slowly holds a connection and no thread, and not for long. */
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

    /** The time is the container's own, so here the container is played. */
    @Test
    void body_thatDoesNotCome_isGivenUpAfterThirtySeconds() throws Exception {
        Container container = new Container();
        BodyReader.begin(container.request(), null);

        container.timeOut();

        assertThat(container.timeout).isEqualTo(30_000);
        assertThat(container.dispatches).isEqualTo(1);
        try {
            BodyReader.bodyOf(container.request());
            throw new AssertionError("there is no body");
        } catch (Refusal refusal) {
            assertThat(refusal.status()).isEqualTo(408);
        }
        container.reader.onAllDataRead();
        assertThat(container.dispatches).as("once").isEqualTo(1);
    }

    /** As much of a container as the reader sees. */
    private static final class Container {
        private final Map<String, Object> attributes = new HashMap<>();
        private AsyncListener listener;
        private ReadListener reader;
        private long timeout;
        private int dispatches;

        HttpServletRequest request() {
            return (HttpServletRequest) proxy(HttpServletRequest.class, (name, arguments) -> switch (name) {
                case "startAsync" -> context();
                case "getInputStream" -> input();
                case "setAttribute" -> attributes.put((String) arguments[0], arguments[1]);
                case "getAttribute" -> attributes.get((String) arguments[0]);
                default -> throw new UnsupportedOperationException(name);
            });
        }

        private AsyncContext context() {
            return (AsyncContext) proxy(AsyncContext.class, (name, arguments) -> {
                switch (name) {
                    case "setTimeout" -> timeout = (Long) arguments[0];
                    case "addListener" -> listener = (AsyncListener) arguments[0];
                    case "dispatch" -> dispatches++;
                    default -> assertThat(name).isIn("getRequest", "getResponse");
                }
                return null;
            });
        }

        private ServletInputStream input() {
            return new ServletInputStream() {
                @Override
                public boolean isFinished() {
                    return false;
                }

                @Override
                public boolean isReady() {
                    return false;
                }

                @Override
                public void setReadListener(ReadListener given) {
                    reader = given;
                }

                @Override
                public int read() {
                    throw new IllegalStateException("nothing is there");
                }
            };
        }

        void timeOut() throws IOException {
            listener.onTimeout(new AsyncEvent(context()));
        }

        private interface Call {
            Object made(String name, Object[] arguments);
        }

        private static Object proxy(Class<?> type, Call call) {
            return Proxy.newProxyInstance(
                    type.getClassLoader(),
                    new Class<?>[] {type},
                    (self, method, arguments) -> call.made(method.getName(), arguments));
        }
    }
}
