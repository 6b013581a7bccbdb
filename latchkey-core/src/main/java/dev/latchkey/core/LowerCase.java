package dev.latchkey.core;

/**
 * Lower case, one character at a time (the simple mappings of Unicode, whatever the locale). Takes time linear in the
 * length, which {@link String#toLowerCase(java.util.Locale)} does not: it looks for the end of the word at each Greek
 * sigma, and text from outside can be one long word of them.
 */
public final class LowerCase {
    private LowerCase() {}

    /** The text in lower case; the same object if it is so already. */
    public static String of(String text) {
        int start = 0;
        while (start < text.length() && isLower(text.charAt(start))) {
            start++;
        }
        return start == text.length() ? text : changed(text, start);
    }

    private static String changed(String text, int start) {
        StringBuilder lower = new StringBuilder(text.length()).append(text, 0, start);
        for (int i = start, c; i < text.length(); i += Character.charCount(c)) {
            c = text.codePointAt(i);
            lower.appendCodePoint(Character.toLowerCase(c));
        }
        return lower.toString();
    }

    private static boolean isLower(char c) {
        return !Character.isSurrogate(c) && Character.toLowerCase(c) == c;
    }
}
