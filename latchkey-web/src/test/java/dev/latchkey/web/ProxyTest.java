package dev.latchkey.web;

import static dev.latchkey.web.Browser.errorOf;
import static dev.latchkey.web.Browser.json;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.core.json.JsonObject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
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
    private ApiServer api;
    private WebBench bench;
    private Browser browser;

    @BeforeEach
    void start() throws Exception {
        api = new ApiServer(this::answer);
        bench = WebBench.with(
                settings -> settings.proxy("mail", api.uri("/v1"), "Mail.Read").tokensStayOnServer());
        browser = bench.browser();
    }

    @AfterEach
    void stop() throws Exception {
        bench.close();
        api.stop();
    }

    private void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
        received.add(request.getMethod() + " " + ApiServer.target(request) + "\n"
                + request.getHeader("Authorization") + "\n"
                + request.getHeader("Cookie") + "\n"
                + new String(request.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        response.addHeader("Set-Cookie", bench.web().cookie().name() + "=planted; Path=/; Secure");
        response.setContentType("application/json");
        if (status == 401) {
            response.addHeader("WWW-Authenticate", "Bearer error=\"insufficient_claims\", claims=\"eyJhIjoxfQ==\"");
        }
        if (status == 302) {
            response.setHeader("Location", "/v1/elsewhere");
        }
        response.addHeader("Cache-Control", "public, max-age=600");
        response.addHeader("Access-Control-Allow-Origin", "*");
        response.setStatus(status);
        response.getOutputStream().print("{\"mails\":3}");
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
    void redirect_ofTheApi_isNotFollowedWithTheToken() {
        browser.signIn(WebBench.ALICE, "Mail.Read");
        status = 302;

        HttpResponse<String> answer = browser.get("/api/mail/messages");

        assertThat(answer.statusCode()).isEqualTo(302);
        assertThat(received).hasSize(1);
    }

    /** A document of the API must not run as a page of this site, nor stay in a cache of it. */
    @Test
    void answer_isDataThatNobodyKeepsOrRuns() {
        browser.signIn(WebBench.ALICE, "Mail.Read");

        HttpResponse<String> answer = browser.get("/api/mail/messages");

        assertThat(answer.headers().allValues("Cache-Control")).containsExactly("no-store");
        assertThat(answer.headers().allValues("X-Content-Type-Options")).containsExactly("nosniff");
        assertThat(answer.headers().allValues("Content-Security-Policy"))
                .containsExactly("sandbox; default-src 'none'");
        assertThat(answer.headers().firstValue("Set-Cookie")).isEmpty();
        assertThat(answer.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"OPTIONS", "TRACE", "PROPFIND", "LOCK"})
    void method_thatIsNotListed_isNotSent(String method) throws Exception {
        browser.signIn(WebBench.ALICE, "Mail.Read");
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(bench.origin + "/latchkey/api/mail/messages"))
                .method(method, HttpRequest.BodyPublishers.noBody())
                .header("Cookie", browser.cookies());
        browser.headers.forEach(request::header);

        HttpResponse<String> answer =
                HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofString());

        assertThat(answer.statusCode()).isBetween(400, 499);
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
    void api_thatIsDown_isAClearError() throws Exception {
        browser.signIn(WebBench.ALICE, "Mail.Read");
        api.stop();

        assertThat(browser.get("/api/mail/messages").statusCode()).isEqualTo(502);
        assertThat(errorOf(browser.get("/api/mail/messages"))).isEqualTo("network_error");
    }

    @Test
    void target_overPlainHttp_isRefusedAtOnce() {
        LatchkeyWebBuilder builder = LatchkeyWeb.builder(bench.web().application());

        assertThatThrownBy(() -> builder.proxy("x", URI.create("http://api.example/"), "s"))
                .hasMessageContaining("must not be sent");
    }
}
