package dev.latchkey.authority;

import java.util.Arrays;
import java.util.List;

/** What a page says about the window that opened it (the {@code Cross-Origin-Opener-Policy} header of HTML). */
public enum CrossOriginOpenerPolicy {
    /** As without the header. */
    UNSAFE_NONE("unsafe-none"),
    /** Cut off from an opener of another origin, but not from popups it opens itself. */
    SAME_ORIGIN_ALLOW_POPUPS("same-origin-allow-popups"),
    /** Cut off: to an opener of another origin the window looks closed from then on. */
    SAME_ORIGIN("same-origin"),
    /** Cut off from an opener of its own origin as well. */
    NOOPENER_ALLOW_POPUPS("noopener-allow-popups");

    private final String value;

    CrossOriginOpenerPolicy(String value) {
        this.value = value;
    }

    /**
     * The policy with a header's value.
     *
     * @throws IllegalArgumentException if there is none
     */
    public static CrossOriginOpenerPolicy of(String value) {
        List<String> values =
                Arrays.stream(values()).map(policy -> policy.value).toList();
        int index = values.indexOf(value);
        if (index < 0) {
            throw new IllegalArgumentException("crossOriginOpenerPolicy is one of " + values + ", not " + value);
        }
        return values()[index];
    }

    /** The header's value. */
    public String value() {
        return value;
    }
}
