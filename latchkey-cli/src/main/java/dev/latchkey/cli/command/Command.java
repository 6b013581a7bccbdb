package dev.latchkey.cli.command;

import dev.latchkey.cli.args.Arguments;
import dev.latchkey.cli.args.Syntax;
import dev.latchkey.cli.console.CliEnvironment;

/** One command. */
public interface Command {
    /** Its syntax. */
    Syntax syntax();

    /**
     * Runs the command.
     *
     * @throws dev.latchkey.cli.args.UsageException if its options are invalid
     * @throws dev.latchkey.core.error.AuthException if it fails
     */
    ExitCode run(Arguments arguments, CliEnvironment environment);
}
