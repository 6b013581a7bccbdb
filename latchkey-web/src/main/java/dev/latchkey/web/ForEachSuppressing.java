package dev.latchkey.web;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Runs an action for each item even if some fail, because an item that is skipped could not be processed later. */
final class ForEachSuppressing {
    private ForEachSuppressing() {}

    /** Runs the action for each item, then throws the first failure with the later ones as suppressed. */
    static <T> void run(List<T> all, Consumer<T> action) {
        @Nullable RuntimeException first = null;
        for (T one : all) {
            try {
                action.accept(one);
            } catch (RuntimeException e) {
                if (first == null) {
                    first = e;
                } else {
                    first.addSuppressed(e);
                }
            }
        }
        if (first != null) {
            throw first;
        }
    }
}
