package dev.latchkey.cli.console;

import java.util.ArrayList;
import java.util.List;

/** Breaks text into lines. */
public final class Paragraph {
    private Paragraph() {}

    /** Lines of at most {@code width} characters, broken at spaces; a longer word gets a line of its own. */
    public static List<String> lines(String text, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.strip().split("\\s+", -1)) {
            if (line.length() > 0 && line.length() + 1 + word.length() > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.length() > 0 ? " " : "").append(word);
        }
        lines.add(line.toString());
        return lines;
    }
}
