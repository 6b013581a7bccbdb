package dev.latchkey.core;

import java.util.function.LongSupplier;

/**
 * A period during which this process runs. Waiting code checks it regularly; a check that comes much later than the
 * last means that the process was suspended (SIGSTOP, a closed laptop lid, a paused container). Suspended time does not
 * count, so a response that is there on waking is still in time.
 *
 * <p>Not thread-safe.
 */
public final class RunningTime {
    private static final long LONGEST_STEP = 1_000_000_000L;
    private static final long SHORTEST_STEP = 1_000_000L;
    private static final int STEPS = 8;

    private final LongSupplier nanoClock;
    private final long step;
    private long looked;
    private long left;

    private RunningTime(long nanos, LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
        this.step = Math.max(SHORTEST_STEP, Math.min(LONGEST_STEP, nanos / STEPS));
        this.looked = nanoClock.getAsLong();
        this.left = nanos;
    }

    /**
     * Starts the period now.
     *
     * @param nanos its length in nanoseconds
     * @param nanoClock a clock like {@link System#nanoTime()}
     */
    public static RunningTime of(long nanos, LongSupplier nanoClock) {
        return new RunningTime(nanos, nanoClock);
    }

    /**
     * Whether the period has passed. Each check counts the time since the last one, but at most two check intervals.
     */
    public boolean isOver() {
        return left() <= 0;
    }

    /** The longest time to wait before the next check, in nanoseconds; 0 if the period has passed. */
    public long nextLook() {
        return Math.min(step, left());
    }

    private long left() {
        long now = nanoClock.getAsLong();
        left = Math.max(0, left - Math.min(now - looked, 2 * step));
        looked = now;
        return left;
    }
}
