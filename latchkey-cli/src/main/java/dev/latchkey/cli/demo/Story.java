package dev.latchkey.cli.demo;

import dev.latchkey.cli.console.AnsiStyle;
import dev.latchkey.cli.console.Paragraph;
import java.io.PrintStream;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Prints the demo, for a terminal of 80 columns or a file. */
final class Story {
    private static final String MARGIN = "    ";
    private static final int LABEL = 20;
    private static final int WIDTH = 76;

    private final PrintStream out;
    private final AnsiStyle style;
    private int step;

    Story(PrintStream out, AnsiStyle style) {
        this.out = out;
        this.style = style;
    }

    /** Prints the title. */
    void heading(String text) {
        out.println(style.strong(text));
        out.println();
    }

    /** Prints the heading of a step. */
    void step(Step next) {
        step++;
        out.println();
        out.println(style.accent(step < 10 ? " " + step : "" + step) + "  " + style.strong(next.title()));
        tell(next.about());
        out.println();
    }

    /** Prints a paragraph. */
    void tell(String text) {
        Paragraph.lines(text, WIDTH).forEach(line -> out.println(MARGIN + line));
    }

    /** Prints a label with a value. */
    void fact(String label, String value) {
        fact(label, value, UnaryOperator.identity());
    }

    private void fact(String label, String value, UnaryOperator<String> paint) {
        List<String> lines = Paragraph.lines(value, WIDTH - LABEL);
        if (label.length() >= LABEL) {
            out.println(MARGIN + style.quiet(label));
        }
        for (int i = 0; i < lines.size(); i++) {
            String name = i == 0 && label.length() < LABEL ? label : "";
            String margin = name.isEmpty() ? MARGIN : MARGIN + style.quiet(name);
            out.println(margin + " ".repeat(LABEL - name.length()) + paint.apply(lines.get(i)));
        }
    }

    /** Prints the call that the program makes. */
    void call(String text) {
        fact("call", text, style::accent);
    }

    /**
     * Checks an expected value. Secret values are compared with {@link #promise(String, boolean)}.
     *
     * @throws BrokenPromiseException if the values differ
     */
    void promise(String text, @Nullable Object expected, @Nullable Object actual) {
        if (!Objects.equals(expected, actual)) {
            out.println(MARGIN + style.bad("FAILED  ") + text);
            fact("expected", String.valueOf(expected));
            fact("got", String.valueOf(actual));
            throw new BrokenPromiseException(text);
        }
        kept(text);
    }

    /** Checks a condition without showing any values. */
    void promise(String text, boolean holds) {
        promise(text, true, holds);
    }

    /** Prints the last line. */
    void end(String text, boolean good) {
        out.println();
        out.println(good ? style.good(text) : style.bad(text));
    }

    /** The number of the current step, counted from 1. */
    int current() {
        return step;
    }

    private void kept(String text) {
        List<String> lines = Paragraph.lines(text, WIDTH - 4);
        for (int i = 0; i < lines.size(); i++) {
            out.println(MARGIN + (i == 0 ? style.good("ok") : "  ") + "  " + lines.get(i));
        }
    }
}
