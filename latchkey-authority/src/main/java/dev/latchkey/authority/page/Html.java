package dev.latchkey.authority.page;

import dev.latchkey.core.PrintableText;

/** Text made safe for HTML. */
public final class Html {
    private Html() {}

    /** For text, and for attributes in double quotes that a person sees. What would steer the eye is replaced. */
    public static String escape(String text) {
        return escapeAsIs(PrintableText.of(text, Integer.MAX_VALUE));
    }

    private static String escapeAsIs(String text) {
        StringBuilder safe = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> safe.append("&amp;");
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '"' -> safe.append("&quot;");
                case '\'' -> safe.append("&#39;");
                default -> safe.append(c);
            }
        }
        return safe.toString();
    }

    /** What nobody sees and the form gives back as it is. */
    public static String hidden(String name, String value) {
        return "<input type=\"hidden\" name=\"" + escapeAsIs(name) + "\" value=\"" + escapeAsIs(value) + "\">\n";
    }
}
