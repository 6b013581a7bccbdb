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
 * What surrounds one run of the command. Tests put their own here.
 *
 * @param out for results alone
 * @param err for everything else
 * @param variables the environment variables
 * @param isTerminal whether a person reads {@code out} on a terminal
 * @param browser shows pages to the person
 * @param stores opens the store in a directory
 */
public record CliEnvironment(
        PrintStream out,
        PrintStream err,
        Map<String, String> variables,
        BooleanSupplier isTerminal,
        Supplier<UserAgent> browser,
        Function<Path, TokenStore> stores) {

    /** Prints a result: one line. What it quotes comes from outside and must neither steer the terminal nor end the line. */
    public void show(String line) {
        out.println(PrintableText.of(line, Integer.MAX_VALUE));
    }

    /** Says something beside the results: one line, as in {@link #show}. */
    public void tell(String line) {
        err.println(PrintableText.of(line, Integer.MAX_VALUE));
    }

    /** Whether to use colours: what the option says, else https://no-color.org, else whether there is a terminal. */
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
