package dev.latchkey.authority;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** Time that moves only when told to. Share one with the client under test. Thread-safe. */
public final class VirtualClock implements InstantSource {
    private Instant now;

    private VirtualClock(Instant start) {
        this.now = start;
    }

    /** A clock standing at an instant. */
    public static VirtualClock at(Instant start) {
        return new VirtualClock(start);
    }

    /** A clock standing at the machine's present second. */
    public static VirtualClock atPresent() {
        return new VirtualClock(
                Instant.ofEpochSecond(InstantSource.system().instant().getEpochSecond()));
    }

    @Override
    public synchronized Instant instant() {
        return now;
    }

    /** Moves time; backwards too, for a clock that was set. */
    public synchronized void advance(Duration step) {
        now = now.plus(step);
    }

    /** Sets time. */
    public synchronized void setTo(Instant instant) {
        now = instant;
    }

    @Override
    public String toString() {
        return "VirtualClock[" + instant() + "]";
    }
}
