package dev.latchkey.cli.command;

import dev.latchkey.cli.args.Arguments;
import dev.latchkey.cli.args.Syntax;
import dev.latchkey.cli.console.CliEnvironment;

/** One command. */
public interface Command {
    /** How it is written. */
    Syntax syntax();

    /**
     * Runs it.
     *
     * @throws dev.latchkey.cli.args.UsageException if it was told something that cannot be
     * @throws dev.latchkey.core.error.AuthException if it fails
     */
    ExitCode run(Arguments arguments, CliEnvironment environment);
}
