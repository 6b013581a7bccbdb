package dev.latchkey.cli.args;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Takes in a command line about which there can be no two opinions, in microseconds. Everything else is left to {@link
 * Picocli}, which would read these the same way but takes longer to load than a cached token takes to print.
 */
final class PlainReader {
    private final Syntax syntax;
    private final Map<Option, List<String>> given = new EnumMap<>(Option.class);

    private PlainReader(Syntax syntax) {
        this.syntax = syntax;
    }

    /** What the words after the command's name say, or null if that is not for this reader to decide. */
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

    /** How many words were understood from there on; 0 for none. */
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
