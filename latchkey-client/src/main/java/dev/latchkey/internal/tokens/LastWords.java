package dev.latchkey.internal.tokens;

import org.jspecify.annotations.Nullable;

/** Something to do when the process ends, arranged only while there is something to say. */
final class LastWords {
    private final Runnable words;
    private @Nullable Thread hook;

    LastWords(Runnable words) {
        this.words = words;
    }

    synchronized void arrange() {
        if (hook != null) {
            return;
        }
        Thread arranged = new Thread(words, "latchkey-last-words");
        try {
            Runtime.getRuntime().addShutdownHook(arranged);
            hook = arranged;
        } catch (IllegalStateException e) {
            // The process ends already.
        }
    }

    synchronized void cancel() {
        Thread arranged = hook;
        hook = null;
        if (arranged != null) {
            try {
                Runtime.getRuntime().removeShutdownHook(arranged);
            } catch (IllegalStateException e) {
                // They are being said.
            }
        }
    }
}
