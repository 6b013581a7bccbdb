package dev.latchkey.web;

import static dev.latchkey.web.Browser.errorOf;
import static dev.latchkey.web.Browser.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.latchkey.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The page calls an API whose token it never sees. */
final class ProxyTest {
    private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
    private volatile int status = 200;
    private HttpServer api;
    private WebBench bench;
    private Browser browser;

    @BeforeEach
    void start() throws Exception {
        api = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        api.createContext("/", this::answer);
        api.start();
        URI target = URI.create("http://127.0.0.1:" + api.getAddress().getPort() + "/v1");
        bench = WebBench.with(
                settings -> settings.proxy("mail", target, "Mail.Read").tokensStayOnServer());
        browser = bench.browser();
    }

    @AfterEach
    void stop() {
        bench.close();
        api.stop(0);
    }

    private void answer(HttpExchange exchange) throws IOException {
        received.add(exchange.getRequestMethod() + " " + exchange.getRequestURI() + "\n"
                + exchange.getRequestHeaders().getFirst("Authorization") + "\n"
                + exchange.getRequestHeaders().getFirst("Cookie") + "\n"
                + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
        exchange.getResponseHeaders().add("Set-Cookie", "__Host-latchkey=planted; Path=/; Secure");
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        if (status == 401) {
            exchange.getResponseHeaders()
                    .add("WWW-Authenticate", "Bearer error=\"insufficient_claims\", claims=\"eyJhIjoxfQ==\"");
        }
        byte[] body = "{\"mails\":3}".getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Test
    void call_carriesATokenThatThePageNeverSees() throws Exception {
        JsonObject result = browser.signIn(WebBench.ALICE, "Mail.Read");
        String session = browser.cookie;

        HttpResponse<String> answer = browser.post("/api/mail/messages?top=1", "{\"a\":1}");

        assertThat(result.string("accessToken")).isEmpty();
        assertThat(result.string("idToken")).isEmpty();
        assertThat(answer.body()).isEqualTo("{\"mails\":3}");
        assertThat(received.take().split("\n"))
                .satisfiesExactly(
                        line -> assertThat(line).isEqualTo("POST /v1/messages?top=1"),
                        line -> assertThat(line).startsWith("Bearer ey"),
                        line -> assertThat(line).as("our cookie stays here").isEqualTo("null"),
                        line -> assertThat(line).isEqualTo("{\"a\":1}"));
        assertThat(browser.cookie).as("the API's cookie is not ours").isEqualTo(session);
    }

    @Test
    void call_withoutASession_neverReachesTheApi() {
        assertThat(browser.get("/api/mail/messages").statusCode()).isEqualTo(400);
        browser.headers.remove("X-Latchkey");
        assertThat(browser.get("/api/mail/messages").statusCode()).isEqualTo(403);
        assertThat(received).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"/api/mail/..%2f..%2fadmin", "/api/mail/%2e%2e/admin", "/api/mail//evil.example/", "/api/other/x"
            })
    void path_thatLeavesTheApi_isRefused(String path) {
        browser.signIn(WebBench.ALICE, "Mail.Read");

        assertThat(browser.get(path).statusCode()).isBetween(400, 404);
        assertThat(received).isEmpty();
    }

    @Test
    void claimsChallenge_isToldAsInteractionRequired() {
        browser.signIn(WebBench.ALICE, "Mail.Read");
        status = 401;

        HttpResponse<String> answer = browser.get("/api/mail/messages");

        assertThat(errorOf(answer)).isEqualTo("interaction_required");
        assertThat(json(answer).object("error").string("claims")).isEqualTo("{\"a\":1}");
    }

    @Test
    void api_thatIsDown_isAClearError() {
        browser.signIn(WebBench.ALICE, "Mail.Read");
        api.stop(0);

        assertThat(browser.get("/api/mail/messages").statusCode()).isEqualTo(502);
        assertThat(errorOf(browser.get("/api/mail/messages"))).isEqualTo("network_error");
    }

    @Test
    void target_overPlainHttp_isRefusedAtOnce() {
        LatchkeyWebBuilder builder = LatchkeyWeb.builder(bench.web().application());

        assertThatThrownBy(() -> builder.proxy("x", URI.create("http://api.example/"), "s"))
                .hasMessageContaining("may not travel");
    }
}
