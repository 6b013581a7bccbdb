package dev.latchkey.core;

/**
 * Converts text to lower case one character at a time (Unicode's simple mappings, independent of the locale). Takes
 * linear time, unlike {@link String#toLowerCase(java.util.Locale)}, which searches for the end of the word at each
 * Greek sigma; untrusted text can be one long word of them.
 */
public final class LowerCase {
    private LowerCase() {}

    /** The text in lower case; the same object if it already is. */
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
