package dev.latchkey.cli.console;

import java.io.Console;
import java.lang.reflect.InvocationTargetException;
import java.util.Optional;

/** The terminal of this process, if any. */
public final class Terminal {
    private static final int FIRST_TO_ALWAYS_HAVE_A_CONSOLE = 22;

    private Terminal() {}

    /** Whether standard input and output are a terminal. */
    public static boolean isThere() {
        return Optional.ofNullable(System.console()).filter(Terminal::isReal).isPresent();
    }

    private static boolean isReal(Console console) {
        if (Runtime.version().feature() < FIRST_TO_ALWAYS_HAVE_A_CONSOLE) {
            return true;
        }
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException | IllegalAccessException | InvocationTargetException e) {
            return false;
        }
    }
}
