package dev.latchkey.authority;

import java.time.Duration;

/**
 * What happens to a refresh token when it is used, and how long one lives.
 *
 * @param rotating whether a use replaces the token and a second use revokes the whole family (RFC 9700 section 4.14)
 * @param grace how long a replaced token is still answered, for a client whose first answer was lost
 * @param idle a token unused for this long has expired
 * @param absolute a family this old has expired
 */
public record RefreshTokenPolicy(boolean rotating, Duration grace, Duration idle, Duration absolute) {
    public RefreshTokenPolicy {
        if (grace.isNegative() || idle.isNegative() || absolute.isNegative()) {
            throw new IllegalArgumentException("durations of a refresh token policy are not negative");
        }
    }

    /** Each token is good for one use; a second use revokes the family. Idle 14 days, absolute 90 days. */
    public static RefreshTokenPolicy rotatingStrictly() {
        return new RefreshTokenPolicy(true, Duration.ZERO, Duration.ofDays(14), Duration.ofDays(90));
    }

    /** Like {@link #rotatingStrictly()}, but a replaced token is answered again within the grace time. */
    public static RefreshTokenPolicy rotatingWithGrace(Duration grace) {
        return new RefreshTokenPolicy(true, grace, Duration.ofDays(14), Duration.ofDays(90));
    }

    /** A use gives a new token and the old one stays good. Idle and absolute 90 days. */
    public static RefreshTokenPolicy reusable() {
        return new RefreshTokenPolicy(false, Duration.ZERO, Duration.ofDays(90), Duration.ofDays(90));
    }

    /** The same policy with other lifetimes. */
    public RefreshTokenPolicy lifetimes(Duration idle, Duration absolute) {
        return new RefreshTokenPolicy(rotating, grace, idle, absolute);
    }
}
