package dev.latchkey.internal.environment;

import java.time.Duration;
import java.time.Instant;

/**
 * A value with the time at which it was learned.
 *
 * @param value the value
 * @param since the time
 */
public record Aged<T>(T value, Instant since) {
    /**
     * Whether the value is younger than this; a time in the future means that the clock was set back, and does not
     * count.
     */
    public boolean isYoungerThan(Duration age, Instant now) {
        return !now.isBefore(since) && now.isBefore(since.plus(age));
    }
}
