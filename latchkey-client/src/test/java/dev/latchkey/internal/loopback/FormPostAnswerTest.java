package dev.latchkey.internal.loopback;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.core.authorize.ResponseMode;
import dev.latchkey.core.error.ClientAuthException;
import dev.latchkey.core.error.ErrorCodes;
import dev.latchkey.interaction.LoopbackOptions;
import dev.latchkey.interaction.ResultPage;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules for a response by form_post, over real sockets. */
@Timeout(60)
final class FormPostAnswerTest {
    private final LoopbackFixture fixture = new LoopbackFixture(ResponseMode.FORM_POST);

    @AfterEach
    void close() {
        fixture.close();
    }

    @Test
    void post_rightState_isHeldUntilFinishedAndShowsThePage() throws Exception {
        try (Wire wire = Wire.to(fixture.uri)) {
            wire.sendPost("/", "application/x-www-form-urlencoded", "code=a%2Bb&state=s1&iss=https%3A%2F%2Fid.example");
            LoopbackAnswer answer = fixture.answer();
            assertThat(answer.parameters().asMap())
                    .containsEntry("code", "a+b")
                    .containsEntry("iss", "https://id.example")
                    .containsEntry("state", "s1");

            var delivered = answer.finish(ResultPage.success());

            assertThat(wire.response().status()).isEqualTo(200);
            assertThat(delivered).succeedsWithin(java.time.Duration.ofSeconds(20));
        }
    }

    @Test
    void post_errorOfTheAuthority_isAnAnswerToo() throws Exception {
        try (Wire wire = Wire.to(fixture.uri)) {
            wire.sendPost("/", "application/x-www-form-urlencoded", "error=access_denied&state=s1");
            fixture.answer().finish(ResultPage.refused());

            assertThat(fixture.answer().parameters().get("error")).isEqualTo("access_denied");
            assertThat(wire.response().body()).contains("Sign-in was cancelled");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "code=c1&state=other",
                "code=c1&state=s1x",
                "code=c1&state=S1",
                "code=c1&state=",
                "code=c1&state",
                "code=c1",
                "",
                "code=c1&state=s1&state=s1",
                "code=c1&state=s1&state=other",
                "code=c1&st%61te=s1&code=c2",
                "code=c1&state=s1x&code=c2",
                "code=c1&state=s1&state=s1&error=%zz"
            })
    void post_stateWrongMissingOrTwice_gets400AndTheWaitGoesOn(String body) throws Exception {
        assertThat(Wire.post(fixture.uri, body).status()).isEqualTo(400);

        fixture.completeByFormPost();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain",
                "application/json",
                "multipart/form-data; boundary=x",
                "application/x-www-form-urlencodedx",
                "text/plain; application/x-www-form-urlencoded",
                ""
            })
    void post_otherContentType_gets415AndTheWaitGoesOn(String type) throws Exception {
        try (Wire wire = Wire.to(fixture.uri)) {
            assertThat(wire.sendPost("/", type, "code=c1&state=s1").response().status())
                    .isEqualTo(415);
        }
        fixture.completeByFormPost();
    }

    /** Whoever knows the state is the authority, and its answer is broken: waiting on would only cost time. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "code=c1&code=c2&state=s1",
                "state=s1&error=access_denied&error=server_error",
                "code=c1&state=s1&st%61te=s1",
                "code=c1&state=s1&error=%zz",
                "code=c1&state=s1&error=%",
                "code=c1&state=s1&error=a b",
                "code=c1&state=s1&error=\u00e4"
            })
    void post_rightStateInABrokenAnswer_endsTheWaitWithTheReason(String body) throws Exception {
        var response = Wire.post(fixture.uri, body);

        assertThat(response.status()).isEqualTo(400);
        assertThat(response.body()).contains("failed_to_parse_response").doesNotContain("c1");
        assertThatThrownBy(fixture::answer)
                .cause()
                .isInstanceOfSatisfying(ClientAuthException.class, e -> assertThat(e.errorCode())
                        .isEqualTo(ErrorCodes.FAILED_TO_PARSE_RESPONSE))
                .hasMessageNotContaining("c1");
        assertThat(Wire.post(fixture.uri, "code=c1&state=s1").status()).isEqualTo(410);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/x-www-form-urlencoded; charset=utf-8",
                "application/x-www-form-urlencoded;charset=UTF-8",
                "Application/X-WWW-Form-URLEncoded ; x=y"
            })
    void post_contentTypeWithAParameter_isRead(String type) throws Exception {
        try (Wire wire = Wire.to(fixture.uri)) {
            wire.sendPost("/", type, "code=c1&state=s1");
            assertThat(fixture.answer().parameters().get("code")).isEqualTo("c1");
        }
    }

    /** Some authorities refuse in the address whatever mode was asked for; a refusal is no secret. */
    @Test
    void get_errorInTheAddressWithRightState_isTheAnswer() throws Exception {
        var response = Wire.get(fixture.uri, "/?error=access_denied&state=s1");

        assertThat(response.status()).isEqualTo(303);
        assertThat(fixture.answer().parameters().get("error")).isEqualTo("access_denied");
    }

    @Test
    void get_errorBesideACodeInTheAddress_isNoAnswer() throws Exception {
        assertThat(Wire.get(fixture.uri, "/?error=access_denied&code=c1&state=s1")
                        .status())
                .isEqualTo(400);

        assertThatThrownBy(fixture::answer).isInstanceOf(ExecutionException.class);
    }

    @Test
    void post_parametersInTheAddressToo_gets400AndTheWaitGoesOn() throws Exception {
        try (Wire wire = Wire.to(fixture.uri)) {
            wire.sendPost("/?state=s1", "application/x-www-form-urlencoded", "code=c1&state=s1");
            assertThat(wire.response().status()).isEqualTo(400);
        }
        fixture.completeByFormPost();
    }

    @Test
    void get_answerInTheAddressWithRightState_failsTheWait() throws Exception {
        var response = Wire.get(fixture.uri, "/?code=c1&state=s1");

        assertThat(response.status()).isEqualTo(400);
        assertThat(response.body()).contains("loopback_server_query_response_not_supported");
        assertThatThrownBy(fixture::answer)
                .isInstanceOf(ExecutionException.class)
                .cause()
                .isInstanceOfSatisfying(ClientAuthException.class, e -> assertThat(e.errorCode())
                        .isEqualTo(ErrorCodes.LOOPBACK_SERVER_QUERY_RESPONSE_NOT_SUPPORTED))
                .hasMessageNotContaining("c1");
    }

    @Test
    void get_answerInTheAddressWithRightState_aLaterPostIsNotTaken() throws Exception {
        assertThat(Wire.get(fixture.uri, "/?code=c1&state=s1").status()).isEqualTo(400);
        assertThatThrownBy(fixture::answer).isInstanceOf(ExecutionException.class);

        assertThat(Wire.post(fixture.uri, "code=c1&state=s1").status()).isEqualTo(410);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/?code=c1&state=other", "/?code=c1", "/?state=s1&state=s1", "/?x"})
    void get_answerInTheAddressWithoutRightState_gets400AndTheWaitGoesOn(String target) throws Exception {
        assertThat(Wire.get(fixture.uri, target).status()).isEqualTo(400);

        fixture.completeByFormPost();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/?", "/other", "/other?code=c1&state=s1", "/done", "//", "/../"})
    void get_strayRequest_gets404AndTheWaitGoesOn(String target) throws Exception {
        assertThat(Wire.get(fixture.uri, target).status()).isEqualTo(404);

        fixture.completeByFormPost();
    }

    @Test
    void get_favicon_getsNothingAndTheWaitGoesOn() throws Exception {
        var response = Wire.get(fixture.uri, "/favicon.ico");

        assertThat(response.status()).isEqualTo(204);
        assertThat(response.headers()).doesNotContainKey("content-length");
        fixture.completeByFormPost();
    }

    @Test
    void post_otherPath_gets404AndTheWaitGoesOn() throws Exception {
        try (Wire wire = Wire.to(fixture.uri)) {
            wire.sendPost("/other", "application/x-www-form-urlencoded", "code=c1&state=s1");
            assertThat(wire.response().status()).isEqualTo(404);
        }
        fixture.completeByFormPost();
    }

    @ParameterizedTest
    @ValueSource(strings = {"PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "CONNECT", "BREW"})
    void otherMethod_gets405WithAllowAndTheWaitGoesOn(String method) throws Exception {
        try (Wire wire = Wire.to(fixture.uri)) {
            var response = wire.send(
                            method + " /?code=c1&state=s1 HTTP/1.1\r\nHost: localhost:" + wire.port() + "\r\n\r\n")
                    .response();
            assertThat(response.status()).isEqualTo(405);
            assertThat(response.header("Allow")).isEqualTo("GET, HEAD, POST");
        }
        fixture.completeByFormPost();
    }

    @Test
    void head_withTheAnswer_isFineAndTakesNothing() throws Exception {
        try (Wire wire = Wire.to(fixture.uri)) {
            var response = wire.send("HEAD /?code=c1&state=s1 HTTP/1.1\r\nHost: localhost:" + wire.port() + "\r\n\r\n")
                    .response();
            assertThat(response.status()).isEqualTo(200);
            assertThat(response.body()).isEmpty();
        }
        fixture.completeByFormPost();
    }

    @Test
    void post_sameAnswerTwice_secondIsToldSoWhileTheFirstWaits() throws Exception {
        try (Wire first = Wire.to(fixture.uri)) {
            first.sendPost("/", "application/x-www-form-urlencoded", "code=c1&state=s1");
            LoopbackAnswer answer = fixture.answer();

            var second = Wire.post(fixture.uri, "code=c2&state=s1");
            answer.finish(ResultPage.success());

            assertThat(second.status()).isEqualTo(410);
            assertThat(second.body()).contains("This sign-in is already done");
            assertThat(first.response().body()).contains("You are signed in");
            assertThat(answer.parameters().get("code")).isEqualTo("c1");
        }
        assertThat(Wire.post(fixture.uri, "code=c1&state=s1").status()).isEqualTo(410);
    }

    @Test
    void post_answerTimeout_neutralPageGoesOutAndLaterFinishChangesNothing() throws Exception {
        try (Wire wire = Wire.to(fixture.uri)) {
            wire.sendPost("/", "application/x-www-form-urlencoded", "code=c1&state=s1");
            LoopbackAnswer answer = fixture.answer();

            fixture.deadlines.expire(LoopbackFixture.ANSWER);
            answer.finish(ResultPage.success());

            assertThat(wire.response().body())
                    .contains("Please look at the application")
                    .doesNotContain("You are signed in");
        }
    }

    @Test
    void post_beforeAnythingIsExpected_gets405() throws Exception {
        try (LoopbackListener idle = LoopbackListener.open(LoopbackOptions.defaults())) {
            assertThat(Wire.post(idle.redirectUri(), "code=c1&state=s1").status())
                    .isEqualTo(405);
            assertThat(Wire.get(idle.redirectUri(), "/?code=c1&state=s1").status())
                    .isEqualTo(400);
        }
    }

    @Test
    void expect_twiceOrWithoutStateOrByFragment_isRefused() {
        assertThatThrownBy(() -> fixture.listener.expect("s2", ResponseMode.QUERY))
                .isInstanceOf(IllegalStateException.class);
        try (LoopbackListener idle = LoopbackListener.open(LoopbackOptions.defaults())) {
            assertThatThrownBy(() -> idle.expect("", ResponseMode.QUERY)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> idle.expect("s1", ResponseMode.FRAGMENT))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void answer_toString_holdsNoSecret() throws Exception {
        try (Wire wire = Wire.to(fixture.uri)) {
            wire.sendPost("/", "application/x-www-form-urlencoded", "code=secretcode&state=s1");
            assertThat(fixture.answer().toString()).contains("code").doesNotContain("secretcode");
        }
    }
}
