package dev.latchkey.integration.belonging;

import java.util.ArrayList;
import java.util.List;

/** Splits texts to search them for secrets. */
final class Pieces {
    private Pieces() {}

    /** Separators: characters that occur in no opaque secret, so that secrets within other text are found. */
    static List<String> of(String text) {
        List<String> pieces = new ArrayList<>();
        int start = 0;
        for (int i = 0; i <= text.length(); i++) {
            if (i == text.length() || !isOfSecrets(text.charAt(i))) {
                if (i > start && i - start < text.length()) {
                    pieces.add(text.substring(start, i));
                }
                start = i + 1;
            }
        }
        return pieces;
    }

    private static boolean isOfSecrets(char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || "_.~@-".indexOf(c) >= 0;
    }
}
