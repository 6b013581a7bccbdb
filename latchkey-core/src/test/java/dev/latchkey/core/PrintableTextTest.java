package dev.latchkey.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrintableTextTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "plain", "blank in it", "Zoë Ångström", "山田太郎", "Ελένη", "😀", "אבג", "cafe\u0301"})
    void text_printable_isTheSameObject(String text) {
        assertThat(PrintableText.of(text)).isSameAs(text);
        assertThat(PrintableText.isPrintable(text)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "0000, FFFD", "0008, FFFD", "0009, 0020", "000A, 0020", "000B, 0020", "000D, 0020", "001B, FFFD", "007F, FFFD",
        "0080, FFFD", "0085, 0020", "009B, FFFD", "009F, FFFD", "00AD, FFFD", "061C, FFFD", "200B, FFFD", "200D, FFFD",
        "200E, FFFD", "200F, FFFD", "2028, 0020", "2029, 0020", "202A, FFFD", "202E, FFFD", "2060, FFFD", "2066, FFFD",
        "2069, FFFD", "3164, FFFD", "FEFF, FFFD", "D800, FFFD", "DFFF, FFFD", "E0041, FFFD"
    })
    void text_unprintable_isReplacedSoThatItIsSeen(String hexBefore, String hexAfter) {
        String before = Character.toString(Integer.parseInt(hexBefore, 16));
        String after = Character.toString(Integer.parseInt(hexAfter, 16));

        assertThat(PrintableText.of("pay" + before + "pal")).isEqualTo("pay" + after + "pal");
        assertThat(PrintableText.isPrintable("pay" + before + "pal")).isFalse();
    }

    @Test
    void text_anyCodePoint_comesOutPrintable() {
        IntStream.rangeClosed(0, Character.MAX_CODE_POINT)
                .mapToObj(Character::toString)
                .forEach(text -> assertThat(PrintableText.isPrintable(PrintableText.of("a" + text + "b")))
                        .isTrue());
    }

    @Test
    void lineBreaks_several_becomeOneBlank() {
        assertThat(PrintableText.of("one\r\n\r\ntwo \n three")).isEqualTo("one two  three");
    }

    @Test
    void text_longerThanAllowed_isCutAndSaysSo() {
        assertThat(PrintableText.of("12345", 5)).isEqualTo("12345");
        assertThat(PrintableText.of("123456", 5)).isEqualTo("12345…");
        assertThat(PrintableText.of("\u001b23456", 5)).isEqualTo("\uFFFD2345…");
        assertThat(PrintableText.of("x".repeat(2_000))).hasSize(PrintableText.LONGEST + 1);
    }

    @Test
    void text_cutInACharacterOfTwoUnits_losesAllOfIt() {
        assertThat(PrintableText.of("1234😀6", 5)).isEqualTo("1234…");
        assertThat(PrintableText.of("123😀6", 5)).isEqualTo("123😀…");
    }
}
