package dev.latchkey.cli.demo;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.cli.console.AnsiStyle;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;

final class StoryTest {
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    private Story story(AnsiStyle style) {
        return new Story(new PrintStream(written, true, UTF_8), style);
    }

    @Test
    void promise_broken_saysWhatWasExpectedAndGot() {
        assertThatThrownBy(() -> story(AnsiStyle.PLAIN).promise("one request", 1, 2))
                .isInstanceOf(BrokenPromiseException.class);

        assertThat(written.toString(UTF_8))
                .contains("FAILED  one request", "expected            1", "got                 2");
    }

    @Test
    void fact_longOne_isBrokenWithinEightyColumnsAndColouredLineByLine() {
        story(AnsiStyle.COLOURED).call("word ".repeat(40));

        assertThat(written.toString(UTF_8).lines()).hasSizeGreaterThan(3).allSatisfy(line -> {
            assertThat(line).endsWith("\u001b[0m");
            assertThat(line.replaceAll("\u001b\\[[0-9;]*m", "")).hasSizeLessThanOrEqualTo(80);
        });
    }
}
