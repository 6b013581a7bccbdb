package dev.latchkey.interaction;

import java.net.URI;
import java.nio.charset.StandardCharsets;

/**
 * An address as an argument of a command. Some commands hand it to a shell of theirs ({@code wslview} to PowerShell,
 * scripts of desktops to {@code sh}), and part of it is what the authority says of itself: whatever could mean something
 * there is percent-encoded (RFC 3986 section 2.1). Servers decode it; escapes that are there stay.
 */
final class CommandAddress {
    private static final String HEX = "0123456789ABCDEF";

    /** Unreserved (RFC 3986 section 2.3), escapes, and the delimiters that addresses do not work without. */
    private static final String KEPT = "-._~%:/?#[]@&=+,";

    private CommandAddress() {}

    static String of(URI uri) {
        StringBuilder address = new StringBuilder();
        uri.toString().codePoints().forEach(c -> {
            if (isLetterOrDigit(c) || KEPT.indexOf(c) >= 0) {
                address.appendCodePoint(c);
            } else {
                encode(address, c);
            }
        });
        return address.toString();
    }

    private static void encode(StringBuilder address, int codePoint) {
        for (byte b : Character.toString(codePoint).getBytes(StandardCharsets.UTF_8)) {
            address.append('%').append(HEX.charAt((b >> 4) & 0xf)).append(HEX.charAt(b & 0xf));
        }
    }

    private static boolean isLetterOrDigit(int c) {
        return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }
}
