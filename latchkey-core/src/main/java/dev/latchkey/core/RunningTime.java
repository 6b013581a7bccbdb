package dev.latchkey.core;

import java.util.function.LongSupplier;

/**
 * A span of time in which this process runs. Whoever waits looks at it every now and then; a look that comes much later
 * means that the process was stopped meanwhile (SIGSTOP, a laptop's lid, a paused container), and time in which nothing
 * ran is no time in which anything could have been finished. So an answer that is there on waking is still in time.
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
     * Begins now.
     *
     * @param nanos how long it is, in nanoseconds
     * @param nanoClock as {@link System#nanoTime()}
     */
    public static RunningTime of(long nanos, LongSupplier nanoClock) {
        return new RunningTime(nanos, nanoClock);
    }

    /** Whether it has passed. Each question counts the time since the last one, but no more than two looks' worth. */
    public boolean isOver() {
        return left() <= 0;
    }

    /** How long to wait at most before the next question, in nanoseconds; 0 if it has passed. */
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
