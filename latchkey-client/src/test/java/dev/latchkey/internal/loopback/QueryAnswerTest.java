package dev.latchkey.internal.loopback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.core.authorize.ResponseMode;
import dev.latchkey.core.error.ClientAuthException;
import dev.latchkey.core.error.ErrorCodes;
import dev.latchkey.interaction.LoopbackOptions;
import dev.latchkey.interaction.ResultPage;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules for a response in the query: redirected to a clean address and held there. */
@Timeout(60)
final class QueryAnswerTest {
    private static final Duration GUARD = Duration.ofSeconds(20);

    private final LoopbackFixture fixture = new LoopbackFixture(ResponseMode.QUERY);

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void get_rightState_isMovedToACleanAddressAtOnce() throws Exception {
        var response = Wire.get(fixture.uri, "/?code=c1&state=s1");

        assertThat(response.status()).isEqualTo(303);
        assertThat(response.header("Location")).isEqualTo("/done");
        assertThat(response.header("Referrer-Policy")).isEqualTo("no-referrer");
        assertThat(fixture.answer().parameters().get("code")).isEqualTo("c1");
    }

    @Test
    void result_isHeldUntilFinishedAndTellsHowItEnded() throws Exception {
        Wire.get(fixture.uri, "/?code=c1&state=s1");
        try (Wire wire = Wire.to(fixture.uri)) {
            wire.sendGet("/done");
            var delivered = fixture.answer().finish(ResultPage.failed("invalid_grant", "the code was too old"));

            assertThat(wire.response().body()).contains("invalid_grant").contains("the code was too old");
            assertThat(delivered).succeedsWithin(GUARD);
        }
    }

    @Test
    void result_finishedBeforeTheBrowserComes_isThereForIt() throws Exception {
        Wire.get(fixture.uri, "/?code=c1&state=s1");
        var delivered = fixture.answer().finish(ResultPage.success());
        assertThat(delivered).isNotDone();

        var response = Wire.get(fixture.uri, "/done");

        assertThat(response.status()).isEqualTo(200);
        assertThat(response.body()).contains("You are signed in");
        assertThat(delivered).succeedsWithin(GUARD);
    }

    @Test
    void result_browserNeverComes_deliveryIsGivenUp() throws Exception {
        Wire.get(fixture.uri, "/?code=c1&state=s1");
        var delivered = fixture.answer().finish(ResultPage.success());

        fixture.deadlines.expire(LoopbackFixture.DELIVERY);

        assertThat(delivered).succeedsWithin(GUARD);
    }

    @Test
    void result_beforeAnyAnswer_gets404() throws Exception {
        assertThat(Wire.get(fixture.uri, "/done").status()).isEqualTo(404);
        assertThat(fixture.future).isNotDone();
    }

    @Test
    void get_sameAnswerTwice_secondIsToldSo() throws Exception {
        assertThat(Wire.get(fixture.uri, "/?code=c1&state=s1").status()).isEqualTo(303);

        var second = Wire.get(fixture.uri, "/?code=c2&state=s1");

        assertThat(second.status()).isEqualTo(410);
        assertThat(second.body()).contains("This sign-in is already done");
        assertThat(fixture.answer().parameters().get("code")).isEqualTo("c1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/?code=c1&state=other", "/?code=c1", "/?code=c1&state=s1&state=s1", "/?state=s2&code=%zz"})
    void get_stateWrongMissingOrTwice_gets400AndTheWaitGoesOn(String target) throws Exception {
        assertThat(Wire.get(fixture.uri, target).status()).isEqualTo(400);

        assertThat(Wire.get(fixture.uri, "/?code=c1&state=s1").status()).isEqualTo(303);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/?code=c1&code=c2&state=s1", "/?state=s1&code=%zz", "/?iss=a&state=s1&iss=b&code=c1"})
    void get_rightStateInABrokenAnswer_endsTheWaitWithTheReason(String target) throws Exception {
        assertThat(Wire.get(fixture.uri, target).status()).isEqualTo(400);

        assertThatThrownBy(fixture::answer).cause().isInstanceOfSatisfying(ClientAuthException.class, e -> assertThat(
                        e.errorCode())
                .isEqualTo(ErrorCodes.FAILED_TO_PARSE_RESPONSE));
    }

    /** What other programs on this host have set: a browser sends it to every port. */
    @Test
    void get_withEightyKilobytesOfCookies_isAnswered() throws Exception {
        try (Wire wire = Wire.to(fixture.uri)) {
            wire.sendGet("/?code=c1&state=s1", "Cookie: " + "session=0123456789; ".repeat(4_096));
            assertThat(wire.response().status()).isEqualTo(303);
        }
    }

    @Test
    void post_withTheAnswer_gets405AndTheWaitGoesOn() throws Exception {
        var response = Wire.post(fixture.uri, "code=c1&state=s1");

        assertThat(response.status()).isEqualTo(405);
        assertThat(response.header("Allow")).isEqualTo("GET, HEAD");
        assertThat(Wire.get(fixture.uri, "/?code=c1&state=s1").status()).isEqualTo(303);
    }

    @Test
    void head_withTheAnswerOrForTheResult_takesNothing() throws Exception {
        assertThat(head("/?code=c1&state=s1").status()).isEqualTo(200);
        assertThat(fixture.future).isNotDone();
        assertThat(Wire.get(fixture.uri, "/?code=c1&state=s1").status()).isEqualTo(303);

        assertThat(head("/done").body()).isEmpty();

        fixture.answer().finish(ResultPage.success());
        assertThat(Wire.get(fixture.uri, "/done").body()).contains("You are signed in");
    }

    @Test
    void path_ofTheRedirectUri_isTheOnlyOneThatAnswers() throws Exception {
        try (var other = new LoopbackFixture(
                ResponseMode.QUERY, LoopbackOptions.builder().host("127.0.0.1").path("/auth/back"))) {
            assertThat(other.uri).hasToString("http://127.0.0.1:" + other.uri.getPort() + "/auth/back");
            assertThat(Wire.get(other.uri, "/?code=c1&state=s1").status()).isEqualTo(404);

            var response = Wire.get(other.uri, "/auth/back?code=c1&state=s1");

            assertThat(response.header("Location")).isEqualTo("/auth/back/done");
            other.answer().finish(ResultPage.success());
            assertThat(Wire.get(other.uri, "/auth/back/done").status()).isEqualTo(200);
        }
    }

    private Wire.Response head(String target) throws Exception {
        try (Wire wire = Wire.to(fixture.uri)) {
            return wire.send("HEAD " + target + " HTTP/1.1\r\nHost: localhost:" + wire.port() + "\r\n\r\n")
                    .response();
        }
    }
}
