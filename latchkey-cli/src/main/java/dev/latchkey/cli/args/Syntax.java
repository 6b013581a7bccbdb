package dev.latchkey.cli.args;

import java.util.List;
import java.util.Optional;

/**
 * The syntax of one command.
 *
 * @param name the command's name
 * @param summary one line, for the list of commands
 * @param description paragraphs, for the command's own help
 * @param options in the order in which the help shows them
 */
public record Syntax(String name, String summary, List<String> description, List<Option> options) {
    /** Copies the lists. */
    public Syntax {
        description = List.copyOf(description);
        options = List.copyOf(options);
    }

    /** The option of this command with that name. */
    Optional<Option> option(String longName) {
        for (Option option : options) {
            if (option.longName().equals(longName)) {
                return Optional.of(option);
            }
        }
        return Optional.empty();
    }
}
