package dev.latchkey.core.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The tables of docs/cache.md. */
final class DecisionTables {
    private static final Path DOCUMENT = Path.of("..", "docs", "cache.md");

    private DecisionTables() {}

    /** The rows of a table, by the heading it stands under and its place there. */
    static List<List<String>> rows(String heading, int place) {
        List<List<List<String>>> tables = new ArrayList<>();
        boolean here = false;
        boolean inTable = false;
        for (String line : lines()) {
            if (line.startsWith("#")) {
                here = line.replaceFirst("#+ ", "").equals(heading);
            }
            boolean row = here && line.startsWith("|");
            if (row && !inTable) {
                tables.add(new ArrayList<>());
            }
            inTable = row;
            if (row) {
                tables.get(tables.size() - 1).add(cells(line));
            }
        }
        assertThat(tables).as("tables under " + heading).hasSizeGreaterThan(place);
        List<List<String>> rows = tables.get(place);
        assertThat(rows).as(heading).hasSizeGreaterThan(2);
        return rows.subList(2, rows.size());
    }

    private static List<String> cells(String line) {
        String[] cells = line.substring(1, line.lastIndexOf('|')).split("\\|", -1);
        return Arrays.stream(cells).map(String::trim).toList();
    }

    private static List<String> lines() {
        try {
            return Files.readAllLines(DOCUMENT);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
