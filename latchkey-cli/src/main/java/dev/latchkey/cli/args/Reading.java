package dev.latchkey.cli.args;

/** What became of a command line. */
public sealed interface Reading {
    /**
     * A command is to be run.
     *
     * @param arguments which, and how
     */
    record Run(Arguments arguments) implements Reading {}

    /**
     * There is nothing to run, only something to say.
     *
     * @param text help or version, or what is wrong
     * @param isError whether something is wrong
     */
    record Say(String text, boolean isError) implements Reading {}
}
