package dev.latchkey.core.json;

import org.jspecify.annotations.Nullable;

/**
 * Tells text from what only looks like it. JSON can spell half of a character, a surrogate without its partner (RFC 8259
 * section 8.2). No encoding has it: encoders write {@code '?'} for each, and so two identifiers become one.
 */
public final class WellFormed {
    private WellFormed() {}

    /** Whether each surrogate has its partner (Unicode 3.9, D89); null is no text and well formed. */
    public static boolean isText(@Nullable String text) {
        if (text == null) {
            return true;
        }
        for (int i = 0; i < text.length(); i++) {
            char unit = text.charAt(i);
            if (Character.isSurrogate(unit) && !isPair(unit, text, ++i)) {
                return false;
            }
        }
        return true;
    }

    private static boolean isPair(char first, String text, int second) {
        return Character.isHighSurrogate(first)
                && second < text.length()
                && Character.isLowSurrogate(text.charAt(second));
    }
}
