package dev.latchkey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.latchkey.core.PrintableText;
import dev.latchkey.core.error.AuthException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** An authority, a network and callers that say hostile things: the log tells of them in words of its own. */
@Timeout(60)
class HostileLogTest {
    private static final String FORGED = "2026-01-01 ERROR forged";
    private static final String HOSTILE = "x\u001b[2J\r\n" + FORGED + "\u0085\u009b\u200b\u2028\u202e\u2066";
    private static final Duration DAY = Duration.ofHours(25);

    private final Bench bench = Bench.start();

    @AfterEach
    void stop() {
        bench.close();
    }

    @Test
    void eventCallback_thatThrows_isLoggedWithoutItsRawWords() {
        var unused = bench.app.addEventCallback(event -> {
            throw new IllegalStateException(HOSTILE, new IOException(HOSTILE));
        });
        try (CapturedLog log = new CapturedLog()) {
            bench.signIn();
            assertThat(log.text()).contains("An event callback failed");
            assertClean(log);
        }
    }

    @Test
    void discovery_failing_isLoggedInOneLine() {
        bench.signIn();
        bench.clock.advance(DAY);
        bench.wire.metadata("issuer", HOSTILE);
        try (CapturedLog log = new CapturedLog()) {
            bench.signIn();
            assertThat(log.text()).contains("does not tell its endpoints");
            assertClean(log);
        }
    }

    @Test
    void transport_quotesTheServer_causeIsPrintable() {
        bench.wire.fail(message -> true, new IOException("Invalid status line: \"" + HOSTILE + '"'));

        AuthException failure = catchThrowableOfType(
                AuthException.class, () -> Face.FUTURES.popup(bench.app, PopupRequest.of("User.Read")));

        StringWriter trace = new StringWriter();
        failure.printStackTrace(new PrintWriter(trace));
        assertClean(trace.toString());
    }

    private static void assertClean(CapturedLog log) {
        assertThat(log.text()).isNotEmpty();
        assertClean(log.text());
    }

    private static void assertClean(String text) {
        assertThat(text.split("\n", -1)).allSatisfy(line -> assertThat(line.strip())
                .matches(PrintableText::isPrintable, "is printable")
                .doesNotStartWith(FORGED));
    }
}
