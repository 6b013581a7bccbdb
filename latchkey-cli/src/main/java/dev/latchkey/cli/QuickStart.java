package dev.latchkey.cli;

import dev.latchkey.store.file.FileTokenStore;
import java.util.List;

/**
 * Shortens the start of a process that prints one token: skips the search for a logger, and preloads slow classes in
 * parallel.
 */
final class QuickStart {
    private QuickStart() {}

    static void prepare(List<String> words) {
        if (System.getProperty("slf4j.provider") == null) {
            // Otherwise every jar is searched for a provider, and SLF4J prints a line about it.
            System.setProperty("slf4j.provider", "org.slf4j.simple.SimpleServiceProvider");
            System.setProperty("slf4j.internal.verbosity", "WARN");
        }
        // After the logger has been chosen, because preloaded classes may have one.
        if (words.contains("token")) {
            FileTokenStore.warmUp(QuickStart::onAThreadOfItsOwn);
        }
    }

    private static void onAThreadOfItsOwn(Runnable task) {
        Thread thread = new Thread(task, "latchkey-warm-up");
        thread.setDaemon(true);
        // The command fails in the same way and reports it better.
        thread.setUncaughtExceptionHandler((unused, error) -> {});
        try {
            thread.start();
        } catch (OutOfMemoryError e) {
            // No thread is available: the command loads what it needs itself.
        }
    }
}
