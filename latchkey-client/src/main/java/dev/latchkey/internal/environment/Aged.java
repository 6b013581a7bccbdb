package dev.latchkey.internal.environment;

import java.time.Duration;
import java.time.Instant;

/**
 * Something that was learned at some time.
 *
 * @param value what
 * @param since when
 */
public record Aged<T>(T value, Instant since) {
    /** Whether it is that young still; what comes from the future is not: the clock was set back. */
    public boolean isYoungerThan(Duration age, Instant now) {
        return !now.isBefore(since) && now.isBefore(since.plus(age));
    }
}
