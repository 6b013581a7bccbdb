package dev.latchkey.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.json.Json;
import dev.latchkey.web.session.SessionId;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is sent to an API with a token of the session, and what is returned; without container and authority. */
final class ProxyCallsTest {
    private final List<String> received = Collections.synchronizedList(new ArrayList<>());
    private volatile int status = 200;
    private ApiServer api;
    private BareSite site;
    private SessionId id;

    @BeforeEach
    void start() throws Exception {
        api = new ApiServer(this::answer);
        site = new BareSite(settings -> settings.proxy("mail", api.uri("/v1"), "User.Read"));
        id = site.session(site.person("alice"));
    }

    @AfterEach
    void stop() throws Exception {
        api.stop();
    }

    private void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
        StringBuilder text = new StringBuilder(request.getMethod() + " " + ApiServer.target(request));
        for (String name : List.of("Authorization", "Cookie", "Content-Type", "Prefer", "X-Latchkey", "Origin")) {
            if (request.getHeader(name) != null) {
                text.append("; ").append(name).append('=').append(request.getHeader(name));
            }
        }
        byte[] body = request.getInputStream().readAllBytes();
        received.add(text + (body.length == 0 ? "" : "; " + new String(body, StandardCharsets.UTF_8)));
        response.setStatus(status);
        response.setHeader("Content-Type", "text/html");
        response.setHeader("Content-Security-Policy", "default-src *");
        response.setHeader("Cache-Control", "public");
        response.setHeader("Set-Cookie", "a=b");
        response.setHeader("Access-Control-Allow-Origin", "*");
        response.setHeader("ETag", "\"1\"");
        response.setHeader("Location", "/v1/elsewhere");
        if (status == 401 || status == 403) {
            response.setHeader("WWW-Authenticate", "Bearer error=\"insufficient_claims\", claims=\"eyJhIjoxfQ==\"");
        }
        response.getOutputStream().print("answer");
    }

    private Call call(String method, String path, String body) throws IOException {
        Call call = Call.of(method, BareSite.ORIGIN + "/latchkey/api/" + path)
                .header("X-Latchkey", "1")
                .header("Origin", BareSite.ORIGIN)
                .body(body);
        return site.serve(site.of(id, call));
    }

    private static String errorOf(Call call) throws Exception {
        return Json.parseObject(call.text()).object("error").string("errorCode");
    }

    @Test
    void call_carriesTheTokenAndNothingOfTheSession() throws Exception {
        Call call = Call.post(BareSite.ORIGIN + "/latchkey/api/mail/messages?top=1", "{}")
                .header("X-Latchkey", "1")
                .header("Prefer", "a")
                .header("Authorization", "Bearer of the page");
        site.serve(site.of(id, call));
        call("GET", "mail", "");

        assertThat(received)
                .containsExactly(
                        "POST /v1/messages?top=1; Authorization=Bearer token of alice; Content-Type=application/json;"
                                + " Prefer=a; {}",
                        "GET /v1/; Authorization=Bearer token of alice");
    }

    /** A document of the API must not run as a page of this site, nor stay in a cache of it. */
    @Test
    void answer_isDataThatNobodyKeepsOrRuns() throws Exception {
        status = 201;

        Call call = call("GET", "mail/x", "");

        assertThat(call.status).isEqualTo(201);
        assertThat(call.text()).isEqualTo("answer");
        assertThat(call.answered.get("Content-Security-Policy")).containsExactly("sandbox; default-src 'none'");
        assertThat(call.answered.get("X-Content-Type-Options")).containsExactly("nosniff");
        assertThat(call.answered.get("Cache-Control")).containsExactly("no-store");
        assertThat(call.answer("Content-Type")).isEqualTo("text/html");
        assertThat(call.answer("ETag")).isEqualTo("\"1\"");
        assertThat(call.answered).doesNotContainKeys("Set-Cookie", "Access-Control-Allow-Origin");
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 302, 303, 307, 308})
    void redirect_ofTheApi_isLeftToThePage(int redirect) throws Exception {
        status = redirect;

        Call call = call("GET", "mail/x", "");

        assertThat(call.status).isEqualTo(redirect);
        assertThat(received).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"})
    void method_thatIsListed_isSent(String method) throws Exception {
        assertThat(call(method, "mail/x", "").status).isEqualTo(200);
        assertThat(received).singleElement().asString().startsWith(method + " /v1/x");
    }

    @ParameterizedTest
    @ValueSource(strings = {"OPTIONS", "TRACE", "CONNECT", "PROPFIND", "get"})
    void method_thatIsNotListed_isNotSent(String method) throws Exception {
        assertThat(call(method, "mail/x", "").status).isEqualTo(404);
        assertThat(received).isEmpty();
    }

    @Test
    void path_thatIsNotOfTheApi_isNotSent() throws Exception {
        assertThat(call("GET", "mail/%2e%2e/admin", "").status).isEqualTo(400);
        assertThat(call("GET", "mail//evil.example/", "").status).isEqualTo(400);
        assertThat(call("GET", "other/x", "").status).isEqualTo(404);
        assertThat(received).isEmpty();
    }

    @Test
    void call_ofNobody_isNotSent() throws Exception {
        Call stranger = site.serve(site.get("/api/mail/x"));

        assertThat(stranger.status).isEqualTo(400);
        assertThat(errorOf(stranger)).isEqualTo("no_account_error");
        assertThat(received).isEmpty();
    }

    @Test
    void body_asLargeAsItMayBe_isSentAndALargerOneRefused() throws Exception {
        String most = "x".repeat(10 * 1024 * 1024);

        assertThat(call("POST", "mail/x", most).status).isEqualTo(200);
        Call larger = call("POST", "mail/x", most + "x");

        assertThat(larger.status).isEqualTo(413);
        assertThat(received).hasSize(1);
        assertThat(received.get(0)).hasSizeGreaterThan(most.length());
    }

    @Test
    void challenge_ofTheApi_isToldAsInteractionRequired() throws Exception {
        status = 401;
        Call challenged = call("GET", "mail/x", "");
        status = 403;
        Call forbidden = call("GET", "mail/x", "");

        assertThat(challenged.status).isEqualTo(401);
        assertThat(errorOf(challenged)).isEqualTo("interaction_required");
        assertThat(Json.parseObject(challenged.text()).object("error").asMap())
                .containsAllEntriesOf(Map.of("claims", "{\"a\":1}", "name", "InteractionRequiredAuthError"));
        assertThat(forbidden.status).isEqualTo(403);
        assertThat(forbidden.text()).isEqualTo("answer");
    }

    @Test
    void api_thatIsDown_isAClearError() throws Exception {
        api.stop();

        Call call = call("GET", "mail/x", "");

        assertThat(call.status).isEqualTo(502);
        assertThat(errorOf(call)).isEqualTo("network_error");
        assertThat(call.text()).doesNotContain("token of alice");
    }

    @Test
    void server_thatStops_tellsSo() throws Exception {
        Thread.currentThread().interrupt();
        try {
            assertThat(call("GET", "mail/x", "").status).isIn(502, 503);
        } finally {
            assertThat(Thread.interrupted()).isTrue();
        }
    }
}
