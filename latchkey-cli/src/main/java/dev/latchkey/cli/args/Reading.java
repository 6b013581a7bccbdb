package dev.latchkey.cli.args;

/** The result of parsing a command line. */
public sealed interface Reading {
    /**
     * A command to run.
     *
     * @param arguments the command and its options
     */
    record Run(Arguments arguments) implements Reading {}

    /**
     * Text to print instead of running a command.
     *
     * @param text help, version, or an error message
     * @param isError whether the text is an error
     */
    record Say(String text, boolean isError) implements Reading {}
}
