package dev.latchkey.internal.loopback;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.core.authorize.ResponseMode;
import dev.latchkey.interaction.ResultPage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Malformed, slow, oversized, truncated or excessive input neither ends the wait nor delays the response. */
@Timeout(60)
final class LoopbackWireTest {
    private static final String FORM = "Content-Type: application/x-www-form-urlencoded\r\n";

    private final LoopbackFixture fixture = new LoopbackFixture(ResponseMode.FORM_POST);

    @AfterEach
    void close() {
        fixture.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "GET /|400",
                "GET  / HTTP/1.1|400",
                "GET / HTTP/1.1 x|400",
                "' GET / HTTP/1.1'|400",
                "get / HTTP/1.1|400",
                "GET / HTTP/2.0|400",
                "GET / HTTP/0.9|400",
                "GET http://localhost/ HTTP/1.1|400",
                "GET * HTTP/1.1|400",
                "GET /#code=c1 HTTP/1.1|400",
                "G@T / HTTP/1.1|400",
                "PRI * HTTP/2.0|400"
            })
    void requestLine_malformed_isRefused(String line, int status) throws Exception {
        assertStatus(line + "\r\nHost: localhost:PORT\r\n\r\n", status);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Host : localhost:PORT\r\n",
                "Host: localhost:PORT\r\nHost: localhost:PORT\r\n",
                "Host: localhost:PORT\r\n folded: x\r\n",
                "Host: localhost:PORT\r\nno colon\r\n",
                "Host: localhost:PORT\r\n: x\r\n",
                "Host: localhost:PORT\r\nX: a\u0000b\r\n",
                "Host: localhost:PORT\nX: y\r\n",
                "Host: localhost:PORT\r\nX: a\rb\r\n",
                "Host: localhost:PORT\r\nContent-Length: 1\r\nContent-Length: 1\r\n",
                "Host: localhost:PORT\r\nContent-Length: -1\r\n",
                "Host: localhost:PORT\r\nContent-Length: 1x\r\n",
                "Host: localhost:PORT\r\nContent-Length:\r\n"
            })
    void headers_malformed_areRefused(String headers) throws Exception {
        assertStatus("GET / HTTP/1.1\r\n" + headers + "\r\n", 400);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Host: evil.example\r\n",
                "Host: evil.example:PORT\r\n",
                "Host: localhost\r\n",
                "Host: localhost:1\r\n",
                "Host: localhost.evil.example:PORT\r\n",
                "Host: 127.0.0.2:PORT\r\n",
                "Host: user@localhost:PORT\r\n",
                "Host:\r\n"
            })
    void host_notOurs_isRefusedEvenWithTheRightAnswer(String host) throws Exception {
        assertStatus("POST / HTTP/1.1\r\n" + host + FORM + "Content-Length: 16\r\n\r\ncode=c1&state=s1", 400);
        assertStatus("GET /?code=c1&state=s1 HTTP/1.1\r\n" + host + "\r\n", 400);
        fixture.completeByFormPost();
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost:PORT", "LOCALHOST:PORT", "127.0.0.1:PORT", "[::1]:PORT"})
    void host_ours_isAccepted(String host) throws Exception {
        assertStatus("GET / HTTP/1.1\r\nhOsT:\t" + host + " \r\n\r\n", 404);
    }

    @ParameterizedTest
    @CsvSource({
        "Transfer-Encoding: chunked, 411",
        "X: y, 411",
        "Content-Length: 65537, 413",
        "Content-Length: 99999999999, 413"
    })
    void body_withoutLengthOrTooLong_isRefused(String header, int status) throws Exception {
        assertStatus("POST / HTTP/1.1\r\nHost: localhost:PORT\r\n" + FORM + header + "\r\n\r\n", status);
        fixture.completeByFormPost();
    }

    @Test
    void body_atTheLimit_isRead() throws Exception {
        String body = "code=c1&state=s1&x=" + "y".repeat(RequestReader.MAX_BODY - 19);
        try (Wire wire = Wire.to(fixture.uri)) {
            wire.sendPost("/", "application/x-www-form-urlencoded", body);
            fixture.answer().finish(ResultPage.success());
            assertThat(wire.response().status()).isEqualTo(200);
        }
    }

    @Test
    void body_tooLongAndReallySent_theRefusalStillArrives() throws Exception {
        try (Wire wire = Wire.to(fixture.uri)) {
            wire.sendPost("/", "application/x-www-form-urlencoded", "x".repeat(RequestReader.MAX_BODY + 1));
            assertThat(wire.endOutput().response().status()).isEqualTo(413);
        }
    }

    @Test
    void head_tooLong_isRefused() throws Exception {
        assertStatus("GET /" + "a".repeat(RequestReader.MAX_HEAD) + " HTTP/1.1\r\n", 431);
        assertStatus("GET / HTTP/1.1\r\nHost: localhost:PORT\r\n" + "X: y\r\n".repeat(RequestReader.MAX_HEAD / 6), 431);
        fixture.completeByFormPost();
    }

    @Test
    void head_justWithinTheLimit_isRead() throws Exception {
        String start = "GET / HTTP/1.1\r\nHost: localhost:" + fixture.uri.getPort() + "\r\nX: ";
        String padding = "y".repeat(RequestReader.MAX_HEAD - start.length() - 4);
        assertStatus(start + padding + "\r\n\r\n", 404);
        assertStatus(start + padding + "y\r\n\r\n", 431);
    }

    @Test
    void expectContinue_isGranted() throws Exception {
        try (Wire wire = Wire.to(fixture.uri)) {
            wire.send("POST / HTTP/1.1\r\nHost: localhost:" + wire.port() + "\r\nExpect: 100-continue\r\n" + FORM
                    + "Content-Length: 16\r\n\r\n");
            wire.send("code=c1&state=s1");
            fixture.answer().finish(ResultPage.success());
            assertThat(new String(wire.everything(), StandardCharsets.UTF_8))
                    .startsWith("HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n");
        }
    }

    @Test
    void answer_byteByByte_isRead() throws Exception {
        try (Wire wire = Wire.to(fixture.uri)) {
            String request = "POST / HTTP/1.1\r\nHost: localhost:" + wire.port() + "\r\n" + FORM
                    + "Content-Length: 16\r\n\r\ncode=c1&state=s1";
            for (byte b : request.getBytes(StandardCharsets.US_ASCII)) {
                wire.send(new byte[] {b});
            }
            fixture.answer().finish(ResultPage.success());
            assertThat(wire.response().status()).isEqualTo(200);
        }
    }

    @Test
    void answer_cutOffAtEveryByte_neverCounts() throws Exception {
        String request = "POST / HTTP/1.1\r\nHost: localhost:" + fixture.uri.getPort() + "\r\n" + FORM
                + "Content-Length: 16\r\n\r\ncode=c1&state=s1";
        for (int length = 0; length < request.length(); length++) {
            try (Wire wire = Wire.to(fixture.uri)) {
                wire.send(request.substring(0, length)).endOutput();
                assertThat(wire.everything()).isEmpty();
            }
        }
        assertThat(fixture.future).isNotDone();
        fixture.completeByFormPost();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "P",
                "POST / HTTP/1.1\r\nHost: loc",
                "POST / HTTP/1.1\r\nHost: localhost:PORT\r\nContent-Length: 16\r\n\r\ncode=c1&state=s"
            })
    void slowRequest_isCutOffAtItsDeadline(String sent) throws Exception {
        try (Wire wire = Wire.to(fixture.uri)) {
            wire.send(sent.replace("PORT", "" + wire.port()));

            fixture.deadlines.expire(LoopbackFixture.REQUEST);

            assertThat(wire.everything()).isEmpty();
        }
        fixture.completeByFormPost();
    }

    @Test
    void slowRequests_asManyAsAllowed_doNotKeepTheAnswerOut() throws Exception {
        List<Wire> slow = new ArrayList<>();
        try {
            for (int i = 0; i < 3 * Connections.MAX; i++) {
                slow.add(Wire.to(fixture.uri).send("POST / HTTP/1.1\r\nHost:"));
            }
            fixture.completeByFormPost();
        } finally {
            for (Wire wire : slow) {
                wire.close();
            }
        }
    }

    @Test
    void connections_moreThanAllowed_theOldestIdleOneMakesRoom() throws Exception {
        List<Wire> slow = new ArrayList<>();
        try (Wire oldest = Wire.to(fixture.uri).send("G")) {
            fixture.deadlines.awaitPending(LoopbackFixture.REQUEST, 1);
            for (int i = 0; i < Connections.MAX; i++) {
                slow.add(Wire.to(fixture.uri).send("G"));
            }
            assertThat(oldest.everything()).isEmpty();
        } finally {
            for (Wire wire : slow) {
                wire.close();
            }
        }
    }

    @Test
    void strayRequests_whileTheAnswerIsHeld_areServedAndLeaveItAlone() throws Exception {
        try (Wire wire = Wire.to(fixture.uri)) {
            wire.sendPost("/", "application/x-www-form-urlencoded", "code=c1&state=s1");
            LoopbackAnswer answer = fixture.answer();
            for (int i = 0; i < 2 * Connections.MAX; i++) {
                assertThat(Wire.get(fixture.uri, "/favicon.ico").status()).isEqualTo(204);
            }
            List<Wire> idle = new ArrayList<>();
            for (int i = 0; i < 2 * Connections.MAX; i++) {
                idle.add(Wire.to(fixture.uri));
            }

            answer.finish(ResultPage.success());

            assertThat(wire.response().body()).contains("You are signed in");
            for (Wire one : idle) {
                one.close();
            }
        }
    }

    @Test
    void browser_goneBeforeThePage_deliveryEndsAllTheSame() throws Exception {
        LoopbackAnswer answer;
        try (Wire wire = Wire.to(fixture.uri)) {
            wire.sendPost("/", "application/x-www-form-urlencoded", "code=c1&state=s1");
            answer = fixture.answer();
        }
        assertThat(answer.finish(ResultPage.success())).succeedsWithin(java.time.Duration.ofSeconds(20));
    }

    @Test
    void tlsHello_isRefused() throws Exception {
        try (Wire wire = Wire.to(fixture.uri)) {
            wire.send(new byte[] {0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00, 0x01, (byte) 0xfc});
            assertThat(wire.response().status()).isEqualTo(400);
        }
        fixture.completeByFormPost();
    }

    @Test
    void ipv6_whereThereIsOne_answersOnTheSamePort() throws Exception {
        org.junit.jupiter.api.Assumptions.assumeTrue(LoopbackSockets.hasIpv6());
        try (Wire wire = Wire.toIpv6(fixture.uri)) {
            wire.sendPost("/", "application/x-www-form-urlencoded", "code=c1&state=s1");
            fixture.answer().finish(ResultPage.success());
            assertThat(wire.response().status()).isEqualTo(200);
        }
    }

    @Test
    void everyResponse_carriesTheProtectiveHeaders() throws Exception {
        for (Wire.Response response : List.of(
                Wire.get(fixture.uri, "/"),
                Wire.get(fixture.uri, "/favicon.ico"),
                Wire.post(fixture.uri, "state=other"))) {
            assertThat(response.header("Cache-Control")).isEqualTo("no-store");
            assertThat(response.header("Referrer-Policy")).isEqualTo("no-referrer");
            assertThat(response.header("X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(response.header("Connection")).isEqualTo("close");
            assertThat(response.header("Content-Security-Policy"))
                    .startsWith("default-src 'none'; style-src 'sha256-")
                    .doesNotContain("unsafe");
        }
    }

    private void assertStatus(String request, int status) throws Exception {
        try (Wire wire = Wire.to(fixture.uri)) {
            wire.send(request.replace("PORT", "" + wire.port())).endOutput();
            assertThat(wire.response().status()).isEqualTo(status);
        }
        assertThat(fixture.future).isNotDone();
    }
}
