package dev.latchkey.cli.args;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Parses unambiguous command lines in microseconds. Everything else is left to {@link Picocli}, which would parse these
 * the same way but takes longer to load than printing a cached token takes.
 */
final class PlainReader {
    private final Syntax syntax;
    private final Map<Option, List<String>> given = new EnumMap<>(Option.class);

    private PlainReader(Syntax syntax) {
        this.syntax = syntax;
    }

    /** Parses the words after the command's name; null leaves the decision to picocli. */
    static @Nullable Arguments read(Syntax syntax, List<String> words, Map<String, String> environment) {
        PlainReader reader = new PlainReader(syntax);
        for (int i = 0; i < words.size(); ) {
            int taken = reader.take(words, i);
            if (taken == 0) {
                return null;
            }
            i += taken;
        }
        return new Arguments(syntax.name(), reader.given, environment);
    }

    /** The number of words consumed from this index; 0 for none. */
    private int take(List<String> words, int index) {
        String word = words.get(index);
        int equals = word.indexOf('=');
        Option option =
                syntax.option(equals < 0 ? word : word.substring(0, equals)).orElse(null);
        if (option == null || (given.containsKey(option) && !option.isRepeatable())) {
            return 0;
        }
        if (option.isFlag()) {
            given.put(option, List.of());
            return equals < 0 ? 1 : 0;
        }
        Optional<String> next = index + 1 < words.size() ? Optional.of(words.get(index + 1)) : Optional.empty();
        Optional<String> value = equals < 0 ? next : Optional.of(word.substring(equals + 1));
        if (value.filter(PlainReader::isCertainlyAValue).isEmpty()) {
            return 0;
        }
        given.computeIfAbsent(option, unused -> new ArrayList<>()).add(value.get());
        return equals < 0 ? 2 : 1;
    }

    private static boolean isCertainlyAValue(String word) {
        return !word.isEmpty() && !word.startsWith("-") && !word.startsWith("\"") && !word.startsWith("'");
    }
}
