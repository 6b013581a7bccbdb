package dev.latchkey.cli;

import dev.latchkey.store.file.FileTokenStore;
import java.util.List;

/** Spares a process that prints one token the search for what is known beforehand, and loads what takes long aside. */
final class QuickStart {
    private QuickStart() {}

    static void prepare(List<String> words) {
        if (System.getProperty("slf4j.provider") == null) {
            // Else every jar is opened to look for one; and it would say so.
            System.setProperty("slf4j.provider", "org.slf4j.simple.SimpleServiceProvider");
            System.setProperty("slf4j.internal.verbosity", "WARN");
        }
        // After the logger is settled: what is loaded may have one.
        if (words.contains("token")) {
            FileTokenStore.warmUp(QuickStart::onAThreadOfItsOwn);
        }
    }

    private static void onAThreadOfItsOwn(Runnable task) {
        Thread thread = new Thread(task, "latchkey-warm-up");
        thread.setDaemon(true);
        // Whatever is wrong, the command meets it too and says so better.
        thread.setUncaughtExceptionHandler((unused, error) -> {});
        try {
            thread.start();
        } catch (OutOfMemoryError e) {
            // No thread to be had: the command loads what it needs itself.
        }
    }
}
