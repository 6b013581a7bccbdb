package dev.latchkey.http;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;

/** IP addresses written as such; names are never looked up here. */
final class IpLiteral {
    /** As long as IPv6 can be: eight groups, the last two as IPv4. */
    private static final int LONGEST = 45;

    private IpLiteral() {}

    /** The address, IPv4 also where it is written as IPv6 (RFC 4291 section 2.5.5.2); null for everything else. */
    static @Nullable InetAddress parse(String text) {
        if (text.length() > LONGEST || !(isIpv4(text) || mayBeIpv6(text))) {
            return null;
        }
        try {
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            return null;
        }
    }

    /** Four numbers without leading zeros, which some read as octal. */
    private static boolean isIpv4(String text) {
        int dots = 0;
        int value = -1;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '.' && value >= 0) {
                dots++;
                value = -1;
            } else if (c >= '0' && c <= '9' && value != 0) {
                value = Math.max(value, 0) * 10 + (c - '0');
            } else {
                return false;
            }
            if (value > 255) {
                return false;
            }
        }
        return dots == 3 && value >= 0;
    }

    /** What starts like an address and holds a colon is never looked up as a name. */
    private static boolean mayBeIpv6(String text) {
        return text.indexOf(':') >= 0
                && text.charAt(0) != '.'
                && text.chars().allMatch(c -> c == ':' || c == '.' || (Character.digit(c, 16) >= 0 && c < 0x80));
    }
}
