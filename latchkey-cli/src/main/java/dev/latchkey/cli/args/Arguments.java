package dev.latchkey.cli.args;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The options of a command, from the command line or from environment variables. Immutable. */
public final class Arguments {
    private final String command;
    private final EnumMap<Option, List<String>> given;
    private final Map<String, String> environment;

    /** The options on the command line, with the environment as fallback; a flag has no values. */
    Arguments(String command, Map<Option, List<String>> given, Map<String, String> environment) {
        this.command = command;
        this.given = new EnumMap<>(Option.class);
        this.given.putAll(given);
        this.environment = environment;
    }

    /** The command's name. */
    public String command() {
        return command;
    }

    /** Whether the option is on the command line; the environment does not count. */
    public boolean has(Option option) {
        return given.containsKey(option);
    }

    /** The option's value; empty if it is missing or blank. */
    public Optional<String> text(Option option) {
        List<String> values = given.get(option);
        Optional<String> value =
                values == null ? option.variable().map(environment::get) : Optional.of(values.get(values.size() - 1));
        return value.map(String::strip).filter(text -> !text.isEmpty());
    }

    /**
     * The value of a required option.
     *
     * @throws UsageException if it is missing
     */
    public String required(Option option) {
        return text(option).orElseThrow(() -> new UsageException("missing " + option.longName() + hint(option)));
    }

    /** All values; one text may contain several, separated by spaces or commas. */
    public List<String> list(Option option) {
        List<String> texts = has(option)
                ? given.getOrDefault(option, List.of())
                : text(option).map(List::of).orElse(List.of());
        List<String> values = new ArrayList<>();
        for (String text : texts) {
            for (String value : text.split("[\\s,]+", -1)) {
                if (!value.isEmpty()) {
                    values.add(value);
                }
            }
        }
        return values;
    }

    /**
     * An integer.
     *
     * @throws UsageException if the value is not an integer or out of range
     */
    public Optional<Integer> number(Option option, int least, int most) {
        return text(option).map(text -> {
            if (!text.matches("\\d{1,9}") || Integer.parseInt(text) < least || Integer.parseInt(text) > most) {
                throw new UsageException(
                        option.longName() + " must be an integer from " + least + " to " + most + ", not: " + text);
            }
            return Integer.valueOf(text);
        });
    }

    /**
     * Rejects two options that exclude each other.
     *
     * @throws UsageException if both are present
     */
    public void notBoth(Option one, Option other) {
        if (has(one) && has(other)) {
            throw new UsageException(one.longName() + " and " + other.longName() + " cannot be combined");
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Arguments that && command.equals(that.command) && given.equals(that.given);
    }

    @Override
    public int hashCode() {
        return given.hashCode();
    }

    /** Names only, since a value may be confidential. */
    @Override
    public String toString() {
        return command + " " + given.keySet();
    }

    private static String hint(Option option) {
        return option.variable()
                .map(name -> "; add it, or set " + name + " in the environment")
                .orElse("");
    }
}
