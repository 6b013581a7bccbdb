package dev.latchkey.authority;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Another clock, some time apart. */
final class SkewedClock implements InstantSource {
    private final InstantSource base;
    private volatile Duration skew = Duration.ZERO;

    SkewedClock(InstantSource base) {
        this.base = base;
    }

    void skew(Duration skew) {
        this.skew = skew;
    }

    @Override
    public Instant instant() {
        return base.instant().plus(skew);
    }
}
