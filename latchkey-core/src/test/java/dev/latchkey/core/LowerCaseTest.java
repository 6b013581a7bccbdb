package dev.latchkey.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LowerCaseTest {
    @ParameterizedTest
    @CsvSource({
        "'', ''",
        "login.example, login.example",
        "LOGIN.Example:443, login.example:443",
        "ÄÖÜ, äöü",
        // Neither is another letter: a host must not pass for another.
        "ß, ß",
        "ı, ı",
        "ſ, ſ",
        // no last letter of a word, which takes looking for its end
        "ΣΣ, σσ",
        "\uD801\uDC00x, \uD801\uDC28x",
        "\uD801X, \uD801x",
    })
    void of_text_isInLowerCase(String text, String lower) {
        assertThat(LowerCase.of(text)).isEqualTo(lower);
    }

    @Test
    void of_textInLowerCase_isTheSameObject() {
        String text = new String("a-b.c 1ä");
        assertThat(LowerCase.of(text)).isSameAs(text);
    }

    @Test
    void of_everyCharacterOfAscii_isWhatTheJdkSays() {
        for (char c = 0; c < 128; c++) {
            assertThat(LowerCase.of("" + c)).isEqualTo(("" + c).toLowerCase(Locale.ROOT));
        }
    }

    /** The JDK takes a minute for a sixteenth of these. */
    @Test
    @Timeout(5)
    void of_aMillionSigmas_takesLinearTime() {
        assertThat(LowerCase.of("Σ".repeat(1_000_000))).hasSize(1_000_000);
    }
}
