package dev.latchkey.core.renewal;

import dev.latchkey.core.cache.AccessTokenEntry;
import dev.latchkey.core.cache.RefreshTokenEntry;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a cached token is served. In the life of an access token, from left to right:
 *
 * <pre>
 *   cachedAt ........ prefetch point ........ expiresOn - offset ........ expiresOn
 *          FRESH      |       PREFETCH        |              STALE
 * </pre>
 *
 * <ul>
 *   <li>The <em>offset</em> (default 300 s) covers the way to the resource and a clock that is off by less than itself.
 *       It never takes more than half of a token's life: a token that lives five minutes is still served.
 *   <li>The <em>prefetch point</em> is what the authority asked for ({@code refresh_in}); without it, the prefetch
 *       window (default 300 s, at most a quarter of the token's life) before the token becomes stale. A share of the
 *       time between that point and staleness, drawn once by each process, is waited first, so that many processes do
 *       not renew at the same instant.
 *   <li>A token from the future is stale once it is further off than the offset: the clock was set back, and what it
 *       says about expiry cannot be believed.
 * </ul>
 *
 * Immutable, safe to share; reads no clock and allocates nothing.
 */
public final class ExpiryRule {
    /** Five minutes, the default of both offsets and of the prefetch window. */
    public static final Duration DEFAULT_OFFSET = Duration.ofMinutes(5);

    /** The default rule, without jitter. */
    public static final ExpiryRule DEFAULT = new ExpiryRule(DEFAULT_OFFSET, DEFAULT_OFFSET, DEFAULT_OFFSET, 0);

    private final long offset;
    private final long refreshTokenOffset;
    private final long prefetchWindow;
    private final double jitter;

    private ExpiryRule(Duration offset, Duration refreshTokenOffset, Duration prefetchWindow, double jitter) {
        this.offset = millis(offset);
        this.refreshTokenOffset = millis(refreshTokenOffset);
        this.prefetchWindow = millis(prefetchWindow);
        if (!(jitter >= 0 && jitter < 1)) {
            throw new IllegalArgumentException("jitter must be at least 0 and less than 1: " + jitter);
        }
        this.jitter = jitter;
    }

    /** The same rule with another access-token offset, not negative. */
    public ExpiryRule withOffset(Duration value) {
        return new ExpiryRule(value, ofMillis(refreshTokenOffset), ofMillis(prefetchWindow), jitter);
    }

    /** The same rule with another refresh-token offset, not negative. */
    public ExpiryRule withRefreshTokenOffset(Duration value) {
        return new ExpiryRule(ofMillis(offset), value, ofMillis(prefetchWindow), jitter);
    }

    /** The same rule with another prefetch window; zero renews in the background only where the authority asks for it. */
    public ExpiryRule withPrefetchWindow(Duration value) {
        return new ExpiryRule(ofMillis(offset), ofMillis(refreshTokenOffset), value, jitter);
    }

    /** The same rule with another share of the prefetch time to wait, at least 0 and less than 1. */
    public ExpiryRule withJitter(double value) {
        return new ExpiryRule(ofMillis(offset), ofMillis(refreshTokenOffset), ofMillis(prefetchWindow), value);
    }

    /** What to do with the token at a time in milliseconds of the epoch. */
    public Freshness of(AccessTokenEntry token, long nowMillis) {
        long margin = margin(token);
        long staleAt = token.expiresOnMillis() - margin;
        if (nowMillis > staleAt
                || nowMillis >= token.expiresOnMillis()
                || token.cachedAtMillis() - nowMillis > margin) {
            return Freshness.STALE;
        }
        return nowMillis >= prefetchAt(token, staleAt) ? Freshness.PREFETCH : Freshness.FRESH;
    }

    /** When {@link #of} says {@link Freshness#FRESH}. */
    public FreshSpan freshSpan(AccessTokenEntry token) {
        long margin = margin(token);
        long staleAt = token.expiresOnMillis() - margin;
        long goodUntil = Math.min(staleAt + 1, token.expiresOnMillis());
        return new FreshSpan(token.cachedAtMillis() - margin, Math.min(goodUntil, prefetchAt(token, staleAt)));
    }

    private long margin(AccessTokenEntry token) {
        return Math.min(offset, lifetime(token) / 2);
    }

    private static long lifetime(AccessTokenEntry token) {
        return Math.max(0, token.expiresOnMillis() - token.cachedAtMillis());
    }

    /**
     * Whether the refresh token is not worth sending: its expiry is known and nearer than the offset.
     *
     * @param offset how much life it must have left, or null for the rule's own offset
     */
    public boolean refreshTokenExpired(RefreshTokenEntry token, long nowMillis, @Nullable Duration offset) {
        Instant expiresOn = token.expiresOn();
        long margin = offset == null ? refreshTokenOffset : millis(offset);
        return expiresOn != null
                && (nowMillis > expiresOn.toEpochMilli() - margin || nowMillis >= expiresOn.toEpochMilli());
    }

    /** As {@link #refreshTokenExpired(RefreshTokenEntry, long, Duration)} with the rule's own offset. */
    public boolean refreshTokenExpired(RefreshTokenEntry token, long nowMillis) {
        return refreshTokenExpired(token, nowMillis, null);
    }

    private long prefetchAt(AccessTokenEntry token, long staleAt) {
        long wanted = token.refreshOnMillis();
        if (wanted == AccessTokenEntry.NONE) {
            long window = Math.min(prefetchWindow, lifetime(token) / 4);
            if (window == 0) {
                return Long.MAX_VALUE;
            }
            wanted = staleAt - window;
        }
        return wanted + (long) (Math.max(0, staleAt - wanted) * jitter);
    }

    private static Duration ofMillis(long millis) {
        return Duration.ofMillis(millis);
    }

    private static long millis(Duration duration) {
        if (duration.isNegative()) {
            throw new IllegalArgumentException("must not be negative: " + duration);
        }
        return duration.toMillis();
    }
}
