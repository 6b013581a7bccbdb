package dev.latchkey.core.throttle;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/** The {@code Retry-After} header in both its forms (RFC 9110 section 10.2.3). */
public final class RetryAfter {
    /** Used where a server throttles without saying for how long, or says something unreadable. */
    public static final Duration DEFAULT = Duration.ofSeconds(60);

    /** The longest wait that is believed. */
    public static final Duration LONGEST = Duration.ofHours(1);

    private RetryAfter() {}

    /** The wait a header asks for, between nothing and {@link #LONGEST}; null if the header is absent or unreadable. */
    public static @Nullable Duration parse(@Nullable String header, Instant now) {
        if (header == null) {
            return null;
        }
        String text = header.trim();
        if (text.matches("\\d{1,10}")) {
            return bounded(Duration.ofSeconds(Long.parseLong(text)));
        }
        try {
            Instant until = Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(text));
            return bounded(Duration.between(now, until));
        } catch (DateTimeParseException e) {
            return null;
        }
    }

    private static Duration bounded(Duration wait) {
        if (wait.isNegative()) {
            return Duration.ZERO;
        }
        return wait.compareTo(LONGEST) > 0 ? LONGEST : wait;
    }
}
