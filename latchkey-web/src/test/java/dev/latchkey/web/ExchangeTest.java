package dev.latchkey.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which parts of a request are read, and how it is answered. */
final class ExchangeTest {
    private static final String ADDRESS = "https://www.example.com/latchkey/start";

    private static void assertRefused(Call call, int status, String code) {
        assertThatThrownBy(() -> call.exchange().body()).isInstanceOfSatisfying(Refusal.class, refusal -> {
            assertThat(refusal.status()).isEqualTo(status);
            assertThat(refusal.code()).isEqualTo(code);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/json",
                "Application/JSON",
                "application/json;charset=utf-8",
                "application/json ; charset=utf-8"
            })
    void body_ofJson_isRead(String type) throws IOException {
        Call call = Call.post(ADDRESS, "{\"a\":\"\u00e4\"}").header("Content-Type", type);

        assertThat(call.exchange().body().string("a")).isEqualTo("\u00e4");
    }

    /** A form on another site can send these types without a preflight. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "text/plain",
                "text/plain;application/json",
                "application/x-www-form-urlencoded",
                "multipart/form-data",
                "application/json2",
                "application/jsonp",
                "text/json"
            })
    void body_ofAnotherType_isRefused(String type) {
        assertRefused(Call.post(ADDRESS, "{}").header("Content-Type", type), 415, "unsupported_media_type");
    }

    @Test
    void body_withoutAType_isRefused() {
        assertRefused(Call.get(ADDRESS).body("{}"), 415, "unsupported_media_type");
    }

    @Test
    void body_asLargeAsAllowed_isRead() throws IOException {
        String frame = "{\"a\":\"\"}";
        String fitting = "x".repeat(64 * 1024 - frame.length());

        assertThat(Call.post(ADDRESS, "{\"a\":\"" + fitting + "\"}")
                        .exchange()
                        .body()
                        .string("a"))
                .isEqualTo(fitting);
        assertRefused(Call.post(ADDRESS, "{\"a\":\"" + fitting + "x\"}"), 413, "request_too_large");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "[]", "{", "null", "{\"a\":1,\"a\":2}"})
    void body_thatIsNoObject_isRefused(String text) {
        assertRefused(Call.post(ADDRESS, text), 400, "invalid_request");
    }

    @Test
    void query_isAsSentOrEmpty() {
        assertThat(Call.get(ADDRESS).exchange().query()).isEmpty();
        assertThat(Call.get(ADDRESS + "?state=%61&a=b&a=c").exchange().query()).isEqualTo("state=%61&a=b&a=c");
    }

    @ParameterizedTest
    @CsvSource({
        "application/x-www-form-urlencoded, 200",
        "Application/X-WWW-Form-Urlencoded;charset=UTF-8, 200",
        "application/json, 415",
        "'', 415",
        "multipart/form-data, 415"
    })
    void form_isReadFromItsOwnTypeOnly(String type, int status) throws IOException {
        Exchange exchange = Call.of("POST", ADDRESS)
                .header("Content-Type", type)
                .body("state=a&code=b%20c")
                .exchange();

        if (status == 200) {
            assertThat(exchange.form()).isEqualTo("state=a&code=b%20c");
        } else {
            assertThatThrownBy(exchange::form)
                    .isInstanceOfSatisfying(Refusal.class, refusal -> assertThat(refusal.status())
                            .isEqualTo(status));
        }
    }

    @Test
    void form_thatAFilterHasRead_isPutTogetherAgain() throws IOException {
        Call call = Call.of("POST", ADDRESS).header("Content-Type", "application/x-www-form-urlencoded");
        call.parameters.put("state", new String[] {"a&b"});
        call.parameters.put("c d", new String[] {"1", "\u00e4="});

        assertThat(call.exchange().form()).isEqualTo("state=a%26b&c+d=1&c+d=%C3%A4%3D");

        call.parameters.put("long", new String[] {"x".repeat(64 * 1024)});
        assertThatThrownBy(call.exchange()::form)
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.status()).isEqualTo(413));
    }

    @Test
    void answer_isJsonThatNobodyKeepsOrGuessesAt() throws IOException {
        Call call = Call.get(ADDRESS);

        call.exchange().answer(202, Map.of("a", "\u00e4"));

        assertThat(call.status).isEqualTo(202);
        assertThat(call.text()).isEqualTo("{\"a\":\"\u00e4\"}");
        assertThat(call.answer("Content-Type")).isEqualTo("application/json;charset=utf-8");
        assertThat(call.answer("Content-Length")).isEqualTo("10");
        assertThat(call.answer("X-Content-Type-Options")).isEqualTo("nosniff");
        assertThat(call.answer("Cache-Control")).isEqualTo("no-store");
    }

    @Test
    void answer_thatMayBeKept_staysSo() throws IOException {
        Call call = Call.get(ADDRESS);
        call.response().setHeader("Cache-Control", "no-cache");

        call.exchange().answer(200, "text/plain", "x");

        assertThat(call.answer("Cache-Control")).isEqualTo("no-cache");
    }

    @Test
    void answer_ofNothing_isNotKeptEither() {
        Call call = Call.get(ADDRESS);

        call.exchange().answerNothing();

        assertThat(call.status).isEqualTo(204);
        assertThat(call.answer("Cache-Control")).isEqualTo("no-store");
        assertThat(call.text()).isEmpty();
    }

    @Test
    void refusal_tellsNothingThatCannotBePrinted() {
        Refusal refusal = new Refusal(400, "invalid_request", "a\r\nb\u001b[2J");

        assertThat(refusal.text()).doesNotContain("\r", "\n", "\u001b");
        assertThat(refusal.getMessage()).isEqualTo(refusal.text());
    }
}
