package dev.latchkey.core.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class JsonTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "[]",
                "1",
                "\"x\"",
                "{",
                "{}{}",
                "{} x",
                "{\"a\":1,}",
                "{a:1}",
                "{'a':1}",
                "{\"a\":NaN}",
                "{\"a\":+1}",
                "{\"a\":01}",
                "{\"a\":1,\"a\":2}",
                "{\"a\":{\"b\":1,\"b\":1}}",
                "{\"a\":\"\u0001\"}",
                "{\"a\":1e99999999999}",
                "// c\n{}",
                "\uFEFF"
            })
    void parseObject_notOneObject_isRefused(String text) {
        assertThatThrownBy(() -> Json.parseObject(text)).isInstanceOf(JsonException.class);
    }

    @Test
    void parseObject_nestedTenThousandDeep_isRefused() {
        assertThatThrownBy(() -> Json.parseObject("{\"a\":" + "[".repeat(10_000) + "]".repeat(10_000) + "}"))
                .isInstanceOf(JsonException.class);
        assertThatThrownBy(() -> Json.parseObject("{\"a\":".repeat(10_000))).isInstanceOf(JsonException.class);
    }

    @Test
    void parseObject_nestedToTheLimit_isRead() throws JsonException {
        int levels = Json.MAX_DEPTH - 1;
        assertThat(Json.parseObject("{\"a\":" + "[".repeat(levels) + "]".repeat(levels) + "}")
                        .has("a"))
                .isTrue();
        assertThatThrownBy(() -> Json.parseObject("{\"a\":" + "[".repeat(levels + 1) + "]".repeat(levels + 1) + "}"))
                .isInstanceOf(JsonException.class);
    }

    @Test
    void parseObject_lengthAtTheBound_isReadAndBeyondRefused() throws JsonException {
        String text = "{\"a\":\"" + "x".repeat(100) + "\"}";

        assertThat(Json.parseObject(text, text.length()).string("a")).hasSize(100);
        assertThatThrownBy(() -> Json.parseObject(text, text.length() - 1)).isInstanceOf(JsonException.class);
        assertThatThrownBy(() -> Json.parseObject(" ".repeat(Json.MAX_LENGTH) + "{}"))
                .isInstanceOf(JsonException.class);
    }

    @Test
    void parseObject_endlessNumber_isRefused() {
        assertThatThrownBy(() -> Json.parseObject("{\"a\":" + "9".repeat(Json.MAX_NUMBER_LENGTH + 1) + "}"))
                .isInstanceOf(JsonException.class);
    }

    @Test
    void parseObject_truncatedAnywhere_isRefused() {
        String text = "{\"a\":[1,{\"b\":\"\\u00e4\"},true,null,-1.5e3],\"c\":{}}";
        for (int length = 0; length < text.length(); length++) {
            String truncated = text.substring(0, length);
            assertThatThrownBy(() -> Json.parseObject(truncated)).isInstanceOf(JsonException.class);
        }
    }

    @Test
    void parseObject_failure_doesNotQuoteTheText() {
        assertThatThrownBy(() -> Json.parseObject("{\"access_token\": MARKER-SECRET }"))
                .message()
                .doesNotContain("MARKER");
    }

    @ParameterizedTest
    @CsvSource({
        "1, 1",
        "-1, -1",
        "1.9, 1",
        "1e3, 1000",
        "0e999999999, 0",
        "1e-999999999, 0",
        "999999999999999999, 999999999999999999",
        "1e18, ",
        "1e400, ",
        "9223372036854775808, ",
        "18446744073709551617, ",
        "'\"42\"', 42",
        "'\"-7\"', -7",
        "'\"4 2\"', ",
        "'\"1e3\"', ",
        "'\"9999999999999999999\"', ",
        "'\"\"', ",
        "true, ",
        "null, ",
        "[1], "
    })
    void number_ofAnything_isThatNumberOrNone(String json, Long expected) throws JsonException {
        assertThat(Json.parseObject("{\"n\":" + json + "}").number("n")).isEqualTo(expected);
    }

    @Test
    void member_ofAnotherType_readsAsAbsent() throws JsonException {
        JsonObject object = Json.parseObject("{\"s\":1,\"o\":[],\"a\":{},\"t\":\"true\",\"m\":[\"x\",1,{\"y\":2}]}");

        assertThat(object.string("s")).isNull();
        assertThat(object.string("s", "otherwise")).isEqualTo("otherwise");
        assertThat(object.object("o")).isNull();
        assertThat(object.strings("a")).isEmpty();
        assertThat(object.isTrue("t")).isFalse();
        assertThat(object.strings("m")).containsExactly("x");
        assertThat(object.objects("m")).hasSize(1);
    }

    @Test
    void toString_values_areNotShown() throws JsonException {
        assertThat(Json.parseObject("{\"access_token\":\"MARKER\"}")).asString().doesNotContain("MARKER");
    }

    @Test
    void write_whatWasRead_isTheSame() throws JsonException {
        String text = "{\"a\":[1,{\"b\":\"\\\"\\\\\\n\"},true,null,-1.5],\"c\":{},\"d\":12345678901234567890}";

        assertThat(Json.write(Json.parseObject(text))).isEqualTo(text);
        assertThat(Json.write(Map.of("list", List.of(1, 2L)))).isEqualTo("{\"list\":[1,2]}");
    }
}
