package dev.latchkey.cli.args;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Reads command lines. Immutable. */
public final class Reader {
    private final Book book;
    private final Supplier<String> version;

    /** The commands, looked up one by one so that only the one that runs is loaded. */
    public interface Book {
        /** The syntax of one command. */
        Optional<Syntax> syntax(String name);

        /** All commands in the order of the help. */
        List<Syntax> all();

        /** The meaning of each exit code, for the help. */
        Map<Integer, String> exitCodes();
    }

    /** A reader for these commands. */
    public Reader(Book book, Supplier<String> version) {
        this.book = book;
        this.version = version;
    }

    /** Parses the words after {@code latchkey}. */
    public Reading read(List<String> words, Map<String, String> environment) {
        if (!words.isEmpty()) {
            Arguments plain = book.syntax(words.get(0))
                    .map(syntax -> PlainReader.read(syntax, words.subList(1, words.size()), environment))
                    .orElse(null);
            if (plain != null) {
                return new Reading.Run(plain);
            }
        }
        return new Picocli(book, version.get()).read(words, environment);
    }

    /** Like {@link #read}, but with picocli only: for the test that both agree. */
    Reading readAtLength(List<String> words, Map<String, String> environment) {
        return new Picocli(book, version.get()).read(words, environment);
    }
}
