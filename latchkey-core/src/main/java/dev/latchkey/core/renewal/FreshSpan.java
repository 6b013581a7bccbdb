package dev.latchkey.core.renewal;

/**
 * The time in which a token is {@link Freshness#FRESH}, in milliseconds of the epoch.
 *
 * @param from its first millisecond
 * @param until the first one after it; not after {@code from} if there is none
 */
public record FreshSpan(long from, long until) {
    /** Whether the time lies within. */
    public boolean contains(long millis) {
        return from <= millis && millis < until;
    }
}
