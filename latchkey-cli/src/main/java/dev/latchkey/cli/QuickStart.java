package dev.latchkey.cli;

/** Spares a process that prints one token the search for what is known beforehand. */
final class QuickStart {
    private QuickStart() {}

    static void prepare() {
        if (System.getProperty("slf4j.provider") == null) {
            // Else every jar is opened to look for one; and it would say so.
            System.setProperty("slf4j.provider", "org.slf4j.simple.SimpleServiceProvider");
            System.setProperty("slf4j.internal.verbosity", "WARN");
        }
    }
}
