package dev.latchkey.internal.tokens;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Something to do when the process ends, arranged only while there is something to say. */
final class LastWords {
    private final Runnable words;
    private final Consumer<Thread> arranging;
    private final Consumer<Thread> cancelling;
    private @Nullable Thread hook;

    LastWords(Runnable words) {
        this(words, Runtime.getRuntime()::addShutdownHook, Runtime.getRuntime()::removeShutdownHook);
    }

    /** With another way to have something run when the process ends, and to take it back. */
    LastWords(Runnable words, Consumer<Thread> arranging, Consumer<Thread> cancelling) {
        this.words = words;
        this.arranging = arranging;
        this.cancelling = cancelling;
    }

    synchronized void arrange() {
        if (hook != null) {
            return;
        }
        Thread arranged = new Thread(words, "latchkey-last-words");
        try {
            arranging.accept(arranged);
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
                cancelling.accept(arranged);
            } catch (IllegalStateException e) {
                // They are being said.
            }
        }
    }
}
