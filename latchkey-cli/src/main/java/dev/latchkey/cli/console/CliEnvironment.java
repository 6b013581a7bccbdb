package dev.latchkey.cli.console;

import dev.latchkey.core.PrintableText;
import dev.latchkey.interaction.UserAgent;
import dev.latchkey.store.TokenStore;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The environment of one run of the command. Tests supply their own.
 *
 * @param out for results only
 * @param err for everything else
 * @param variables the environment variables
 * @param isTerminal whether {@code out} is a terminal
 * @param browser shows pages to the user
 * @param stores opens the store in a directory
 */
public record CliEnvironment(
        PrintStream out,
        PrintStream err,
        Map<String, String> variables,
        BooleanSupplier isTerminal,
        Supplier<UserAgent> browser,
        Function<Path, TokenStore> stores) {

    /** Prints a result: one line. External text in it can neither control the terminal nor end the line. */
    public void show(String line) {
        out.println(PrintableText.of(line, Integer.MAX_VALUE));
    }

    /** Prints a message that is not a result: one line, like {@link #show}. */
    public void tell(String line) {
        err.println(PrintableText.of(line, Integer.MAX_VALUE));
    }

    /**
     * Whether to use colours: as the option says, otherwise as https://no-color.org says, otherwise only on a terminal.
     */
    public AnsiStyle style(String when) {
        boolean coloured =
                switch (when) {
                    case "always" -> true;
                    case "never" -> false;
                    default ->
                        variables.getOrDefault("NO_COLOR", "").isEmpty()
                                && !variables.getOrDefault("TERM", "").equals("dumb")
                                && isTerminal.getAsBoolean();
                };
        return coloured ? AnsiStyle.COLOURED : AnsiStyle.PLAIN;
    }
}
