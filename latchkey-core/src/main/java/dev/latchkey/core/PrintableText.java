package dev.latchkey.core;

/**
 * Makes untrusted text safe for terminals, logs and pages: it cannot move the cursor, start a line, change the reading
 * direction or contain invisible characters. Use it for text that is shown; text that is compared or forwarded stays
 * unchanged.
 *
 * <p>Line breaks and tabs become a space. Every other control character (C0, DEL, C1), format character (Unicode
 * category Cf: bidirectional controls, zero-width characters, tags), blank letter and lone surrogate becomes U+FFFD,
 * which shows that something was there. Takes time linear in the length that is kept.
 */
public final class PrintableText {
    /** The longest text that {@link #of(String)} returns, in characters, before the ellipsis that marks truncation. */
    public static final int LONGEST = 1_000;

    private static final char REPLACEMENT = '\uFFFD';
    private static final String ELLIPSIS = "…";

    /** Letters and marks that show nothing: combining grapheme joiner, fillers of Hangul, vowels of Khmer, braille. */
    private static final String UNSEEN = "\u034F\u115F\u1160\u17B4\u17B5\u180B\u180C\u180D\u2800\u3164\uFFA0";

    private PrintableText() {}

    /** The text, printable and of at most {@value #LONGEST} characters. */
    public static String of(String text) {
        return of(text, LONGEST);
    }

    /** The text, printable and of at most that many characters; longer text is cut and ends with an ellipsis. */
    public static String of(String text, int longest) {
        int kept = keptLength(text, longest);
        int start = firstUnprintable(text, kept);
        if (start == kept) {
            return kept == text.length() ? text : text.substring(0, kept) + ELLIPSIS;
        }
        StringBuilder printable = new StringBuilder(kept).append(text, 0, start);
        for (int i = start, c; i < kept; i += Character.charCount(c)) {
            c = text.codePointAt(i);
            append(printable, c);
        }
        return kept == text.length()
                ? printable.toString()
                : printable.append(ELLIPSIS).toString();
    }

    /** Whether the text can be shown unchanged. */
    public static boolean isPrintable(String text) {
        return firstUnprintable(text, text.length()) == text.length();
    }

    /** Whether the code point can be shown unchanged. */
    public static boolean isPrintable(int codePoint) {
        if (codePoint >= 0x20 && codePoint < 0x7f) {
            return true;
        }
        return switch (Character.getType(codePoint)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR,
                    Character.SURROGATE -> false;
            default -> UNSEEN.indexOf(codePoint) < 0;
        };
    }

    /** A pair of surrogates is not cut in two. */
    private static int keptLength(String text, int longest) {
        if (text.length() <= longest) {
            return text.length();
        }
        boolean cutsPair = longest > 0
                && Character.isHighSurrogate(text.charAt(longest - 1))
                && Character.isLowSurrogate(text.charAt(longest));
        return cutsPair ? longest - 1 : longest;
    }

    private static int firstUnprintable(String text, int end) {
        int i = 0;
        while (i < end && isPrintable(text.codePointAt(i))) {
            i += Character.charCount(text.codePointAt(i));
        }
        return i;
    }

    private static void append(StringBuilder printable, int codePoint) {
        if (isPrintable(codePoint)) {
            printable.appendCodePoint(codePoint);
        } else if (!breaksLine(codePoint)) {
            printable.append(REPLACEMENT);
        } else if (printable.length() == 0 || printable.charAt(printable.length() - 1) != ' ') {
            printable.append(' ');
        }
    }

    /** Tab, the ASCII line breaks, next line, and the separators of lines and paragraphs. */
    private static boolean breaksLine(int codePoint) {
        return (codePoint >= '\t' && codePoint <= '\r')
                || codePoint == 0x85
                || codePoint == 0x2028
                || codePoint == 0x2029;
    }
}
