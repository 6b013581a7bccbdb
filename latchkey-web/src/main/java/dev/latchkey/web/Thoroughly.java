package dev.latchkey.web;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Goes through a list to its end, though something may fail on the way: what is left undone could not be made good. */
final class Thoroughly {
    private Thoroughly() {}

    /** Does it for each; then throws what failed first, with what failed later as suppressed. */
    static <T> void forEach(List<T> all, Consumer<T> action) {
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
