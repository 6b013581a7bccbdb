package dev.latchkey.spring.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.EventType;
import dev.latchkey.authority.Client;
import dev.latchkey.authority.Endpoint;
import dev.latchkey.authority.Fault;
import dev.latchkey.authority.GrantType;
import dev.latchkey.authority.LocalAuthority;
import dev.latchkey.spring.metrics.AcquireContext;
import dev.latchkey.spring.metrics.RecordedAcquisitions;
import io.micrometer.common.KeyValue;
import io.micrometer.observation.Observation;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/**
 * The starter in an application on a real port, with Spring Security and the actuator but no filter chain of its own.
 */
@SpringBootTest(
        classes = SampleApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {
            "latchkey.client-id=shop",
            "latchkey.client-secret=s3cret",
            "latchkey.client-capabilities=cp1",
            "latchkey.authority-kind=entra",
            "server.address=127.0.0.1",
            "server.tomcat.threads.max=8",
            "server.tomcat.connection-timeout=10m",
            "management.endpoint.health.show-details=always",
            "management.endpoints.web.exposure.include=health,metrics",
        })
final class ApplicationTest {
    private static final String ALICE = "alice@contoso.example";
    private static final LocalAuthority IDP = LocalAuthority.builder()
            .client(Client.confidentialClient("shop", "s3cret").redirectUri("http://localhost/latchkey/callback"))
            .start();
    private static final Api API = new Api();
    private static final Api ELSEWHERE = new Api();

    private final SampleApplication.Pages pages;
    private final RecordedAcquisitions acquisitions;
    private final Browser browser;
    private final int port;

    ApplicationTest(
            @Autowired SampleApplication.Pages pages,
            @Autowired RecordedAcquisitions acquisitions,
            @LocalServerPort int port) {
        this.pages = pages;
        this.acquisitions = acquisitions;
        this.browser = new Browser(port);
        this.port = port;
    }

    @DynamicPropertySource
    static void addresses(DynamicPropertyRegistry registry) {
        registry.add("latchkey.authority", () -> IDP.entraAuthority("contoso"));
        registry.add("latchkey.protected-resources[0].uri", IDP::apiUri);
        registry.add("latchkey.protected-resources[0].scopes", () -> "User.Read");
        registry.add("latchkey.protected-resources[1].uri", () -> API.uri("/v1"));
        registry.add("latchkey.protected-resources[1].scopes", () -> "Mail.Read");
    }

    @AfterAll
    static void stop() {
        IDP.close();
        API.close();
        ELSEWHERE.close();
    }

    @BeforeEach
    void forget() {
        API.received.clear();
        ELSEWHERE.received.clear();
        pages.events.clear();
        acquisitions.ended.clear();
        IDP.requests().clear();
    }

    private static String uri(Object uri) {
        return "?uri=" + URLEncoder.encode(uri.toString(), StandardCharsets.UTF_8);
    }

    @Test
    void pageScript_withoutASession_isServed() {
        HttpResponse<String> script = browser.get("/latchkey/latchkey.js");

        assertThat(script.statusCode()).isEqualTo(200);
        assertThat(script.body()).contains("acquireTokenPopup");
    }

    private Socket send(String request) throws IOException {
        Socket socket = new Socket("127.0.0.1", port);
        socket.setSoTimeout(30_000);
        socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    @Test
    @Timeout(120)
    void slowBodies_moreThanThereAreThreads_keepNobodyWaiting() throws Exception {
        List<Socket> slow = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            slow.add(send("POST /latchkey/start HTTP/1.1\r\nHost: localhost:" + port
                    + "\r\nX-Latchkey: 1\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{"));
        }

        browser.signIn(IDP, ALICE, "User.Read");

        assertThat(browser.get("/who").statusCode()).isEqualTo(200);
        for (Socket socket : slow) {
            socket.close();
        }
    }

    @Test
    void events_tellThePageWhenItsSessionChanges() throws Exception {
        browser.signIn(IDP, ALICE, "User.Read");
        try (Socket socket =
                send("GET /latchkey/events HTTP/1.1\r\nHost: localhost\r\nCookie: " + browser.cookies() + "\r\n\r\n")) {
            BufferedReader lines =
                    new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
            assertThat(lines.lines().filter(line -> line.startsWith("data:")).findFirst())
                    .get()
                    .asString()
                    .contains(ALICE)
                    .doesNotContain("\"activeAccount\":null");

            browser.post("/latchkey/active", Map.of());

            assertThat(lines.lines().filter(line -> line.startsWith("data:")).findFirst())
                    .get()
                    .asString()
                    .contains("\"activeAccount\":null");
        }
    }

    @Test
    void controller_signedIn_knowsWho() {
        assertThat(browser.get("/who").statusCode()).as("before").isEqualTo(401);
        assertThat(browser.get("/favicon.ico").body()).isEqualTo("nobody");
        assertThat(browser.get("/index.html").statusCode()).isEqualTo(401);

        browser.signIn(IDP, ALICE, "User.Read");

        String who = browser.get("/who").body();
        assertThat(Browser.field(who, "account")).isEqualTo(ALICE);
        assertThat(Browser.field(who, "principal")).isEqualTo(ALICE);
        assertThat(Browser.field(who, "me")).isEqualTo(ALICE);
        assertThat(browser.get("/favicon.ico").body()).isEqualTo(ALICE);
        assertThat(pages.events).contains(EventType.ACQUIRE_TOKEN_START, EventType.ACQUIRE_TOKEN_SUCCESS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/rest", "/web"})
    void outgoingCall_toAProtectedResource_carriesTheTokenOfTheSession(String client) {
        browser.signIn(IDP, ALICE, "User.Read");

        assertThat(browser.get(client + uri(IDP.apiUri() + "/me")).body())
                .startsWith("200 ")
                .contains(ALICE);
        assertThat(browser.get("/background" + uri(IDP.apiUri() + "/me")).body())
                .contains(ALICE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/rest", "/web"})
    void outgoingCall_elsewhere_carriesNothing(String client) throws Exception {
        browser.signIn(IDP, ALICE, "Mail.Read");

        browser.get(client + uri(API.uri("/v10")));
        browser.get(client + uri(ELSEWHERE.uri("/v1")));
        browser.get("/rest-with-own-token" + uri(API.uri("/v1")));

        assertThat(API.received.take()).isEqualTo("/v10 without");
        assertThat(ELSEWHERE.received.take()).isEqualTo("/v1 without");
        assertThat(API.received.take()).isEqualTo("/v1 Bearer mine");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/rest", "/web"})
    void outgoingCall_thatIsRedirected_leavesTheTokenWhereItWas(String client) throws Exception {
        browser.signIn(IDP, ALICE, "Mail.Read");
        URI redirecting = URI.create(API.uri("/v1/redirect/") + "?" + ELSEWHERE.uri("/caught"));
        URI unprotected = URI.create(API.uri("/open/redirect/") + "?" + ELSEWHERE.uri("/followed"));

        assertThat(browser.get(client + uri(redirecting)).body()).startsWith("302");
        assertThat(browser.get(client + uri(unprotected)).body()).startsWith("200");

        assertThat(API.received.take()).startsWith("/v1/redirect/ Bearer ey");
        assertThat(ELSEWHERE.received.take()).as("others are followed as ever").isEqualTo("/followed without");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/rest", "/web"})
    void outgoingCall_challengedForClaims_isRepeatedOnceWithANewToken(String client) {
        browser.signIn(IDP, ALICE, "User.Read");
        IDP.challengeClaims(ALICE);

        assertThat(browser.get(client + uri(IDP.apiUri() + "/me")).body())
                .startsWith("200 ")
                .contains(ALICE);
        IDP.verify().tokenRequests(GrantType.REFRESH_TOKEN).exactly(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/rest", "/web"})
    void outgoingCall_thatOnlyThePersonCanHelp_failsSo(String client) {
        assertThat(browser.get("/latchkey/session").statusCode()).isEqualTo(403);
        browser.signIn(IDP, ALICE, "User.Read");
        IDP.challengeClaims(ALICE);
        IDP.faults()
                .on(Endpoint.TOKEN)
                .grant(GrantType.REFRESH_TOKEN)
                .once()
                .answer(Fault.error(400, "interaction_required", "more proof is wanted"));

        HttpResponse<String> answer = browser.get(client + uri(IDP.apiUri() + "/me"));

        assertThat(answer.statusCode()).isEqualTo(401);
        assertThat(answer.body()).isEqualTo("interaction_required");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/rest", "/web"})
    void acquisition_ofAnOutgoingCall_isObservedWithinIt(String client) {
        browser.signIn(IDP, ALICE, "User.Read");
        assertThat(acquisitions.ended).as("the sign-in is no outgoing call").isEmpty();

        browser.get(client + uri(IDP.apiUri() + "/me"));

        assertThat(acquisitions.ended).hasSize(1);
        AcquireContext context = acquisitions.ended.remove();
        assertThat(context.getLowCardinalityKeyValues())
                .contains(KeyValue.of("outcome", "success"), KeyValue.of("from.cache", "true"));
        assertThat(context.getAllKeyValues().toString()).doesNotContain(ALICE);
        assertThat(ancestors(context).get(0)).isEqualTo("http.client.requests");
        if (client.equals("/rest")) {
            assertThat(ancestors(context))
                    .as("a WebClient's call has no parent without context propagation")
                    .endsWith("http.server.requests");
        }
    }

    private static List<String> ancestors(Observation.ContextView context) {
        List<String> names = new ArrayList<>();
        for (var parent = context.getParentObservation();
                parent != null;
                parent = parent.getContextView().getParentObservation()) {
            names.add(parent.getContextView().getName());
        }
        return names;
    }

    @Test
    void health_withoutASession_isForMonitors() {
        assertThat(browser.get("/actuator/health").statusCode()).isEqualTo(200);
        assertThat(browser.get("/actuator/metrics").statusCode()).isEqualTo(401);
    }

    @Test
    void actuator_afterCalls_showsHealthAndTimes() {
        browser.signIn(IDP, ALICE, "User.Read");
        browser.get("/rest" + uri(IDP.apiUri() + "/me"));

        assertThat(browser.get("/actuator/metrics/latchkey.tokens?tag=source:cache&tag=outcome:success")
                        .body())
                .contains("\"interaction\"", "COUNT");
        assertThat(browser.get("/actuator/metrics/latchkey.tokens?tag=source:authority&tag=interaction:redirect")
                        .statusCode())
                .isEqualTo(200);
        assertThat(browser.get("/actuator/metrics/latchkey.acquire?tag=from.cache:true&tag=error.code:none")
                        .body())
                .contains("COUNT");
        assertThat(browser.get("/actuator/health").body())
                .contains("readable")
                .contains("\"latchkey\"")
                .contains(IDP.entraAuthority("contoso").toString());
    }
}
