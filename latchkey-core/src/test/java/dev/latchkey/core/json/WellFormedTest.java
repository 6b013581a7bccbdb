package dev.latchkey.core.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class WellFormedTest {
    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(
            strings = {"ada", "\u00e4\u540d", "\ud83d\udd11", "a\ud83d\udd11b\ud83d\udd11", "\u0000", "\ufffd", "\uffff"
            })
    void isText_wholeCharacters_isTrue(String text) {
        assertThat(WellFormed.isText(text)).isTrue();
    }

    @Test
    void isText_halfACharacter_isFalse() {
        for (String text : new String[] {
            "\ud800", "\udc00", "a\ud83d", "\ud83da", "\udd11\ud83d", "\ud83d\ud83d\udd11", "\ud83d\udd11\udd11"
        }) {
            assertThat(WellFormed.isText(text)).isFalse();
        }
    }

    /** The encoder is the judge: what comes back as it was is text. */
    @Test
    void isText_randomUnits_agreesWithUtf8() {
        Random random = new Random(7);
        for (int i = 0; i < 10_000; i++) {
            StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(5); length >= 0; length--) {
                text.append("a\ud83d\udd11\u00e4".charAt(random.nextInt(4)));
            }
            byte[] utf8 = text.toString().getBytes(StandardCharsets.UTF_8);
            boolean survives = new String(utf8, StandardCharsets.UTF_8).contentEquals(text);

            assertThat(WellFormed.isText(text.toString())).isEqualTo(survives);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"ff", "c0af", "eda080", "e282", "80"})
    void parseObject_bytesThatAreNoUtf8_isRefused(String hex) {
        byte[] bytes = HexFormat.of().parseHex("7b2261223a22" + hex + "227d");

        assertThatThrownBy(() -> Json.parseObject(bytes))
                .isInstanceOf(JsonException.class)
                .hasMessage("not UTF-8");
    }

    @Test
    void parseObject_utf8_isRead() throws JsonException {
        byte[] bytes = "{\"a\":\"\u00e4\ud83d\udd11\"}".getBytes(StandardCharsets.UTF_8);

        assertThat(Json.parseObject(bytes).string("a")).isEqualTo("\u00e4\ud83d\udd11");
    }
}
