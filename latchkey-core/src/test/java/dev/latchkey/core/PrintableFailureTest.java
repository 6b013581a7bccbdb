package dev.latchkey.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class PrintableFailureTest {
    private static final String HOSTILE = "status line \"\u001b[2J\r\n\u202e forged\"";

    @Test
    void failure_printable_isItself() {
        IOException failure = new IOException("no answer", new IOException("refused"));

        assertThat(PrintableFailure.of(failure)).isSameAs(failure);
    }

    @Test
    void failure_withHostileWords_keepsPlaceAndNameAndLosesTheHostileOnes() {
        IOException failure = new IOException(HOSTILE, new IllegalStateException(HOSTILE));

        Throwable shown = PrintableFailure.of(failure);

        assertThat(shown).hasMessage("java.io.IOException: status line \"\uFFFD[2J \uFFFD forged\"");
        assertThat(shown.getStackTrace()).isEqualTo(failure.getStackTrace());
        assertThat(shown.getCause().getMessage()).startsWith("java.lang.IllegalStateException: status line");
        assertThat(traceOf(shown).lines().map(line -> line.replace("\t", ""))).allMatch(PrintableText::isPrintable);
    }

    @Test
    void failure_hostileInASuppressedOne_isReplaced() {
        IOException failure = new IOException("closed");
        failure.addSuppressed(new IOException(HOSTILE));

        assertThat(traceOf(PrintableFailure.of(failure))).doesNotContain("\u001b", "\u202e");
    }

    @Test
    void failure_thatCausesItselfInALoop_ends() {
        IOException one = new IOException(HOSTILE);
        one.initCause(new IOException(HOSTILE, one));

        assertThat(traceOf(PrintableFailure.of(one))).doesNotContain("\u001b");
    }

    private static String traceOf(Throwable failure) {
        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        return trace.toString();
    }
}
