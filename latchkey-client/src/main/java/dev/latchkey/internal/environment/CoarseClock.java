package dev.latchkey.internal.environment;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * A clock for programs that read it very often, because reading the system's clock costs several times the rest of a
 * cache hit. While {@link #millis} is called more than {@value #MANY} times per tick, one thread reads the clock for
 * all, and the result may be one tick old: a three-thousandth of the default margin of renewal. Otherwise, and for
 * {@link #instant}, each call reads the clock, and there is no thread.
 */
public final class CoarseClock implements InstantSource {
    static final int MANY = 1_000;
    private static final Duration TICK = Duration.ofMillis(100);
    private static final long UNKNOWN = Long.MIN_VALUE;

    private final InstantSource exact;
    private final Executor threads;
    private final Runnable pause;
    private final AtomicBoolean ticking = new AtomicBoolean();
    private volatile long lastTick = UNKNOWN;
    private volatile boolean used;

    // Number of reads, and the time since which they are counted. A race here only delays the start of the thread.
    private int reads;
    private long readsSince;

    CoarseClock(InstantSource exact, Executor threads, Runnable pause) {
        this.exact = exact;
        this.threads = threads;
        this.pause = pause;
    }

    /** Starts its own thread on demand: on a shared one, other tasks could delay it. */
    public static CoarseClock of(InstantSource exact) {
        return new CoarseClock(
                exact,
                task -> Threads.daemon(task, "latchkey-clock").start(),
                () -> LockSupport.parkNanos(TICK.toNanos()));
    }

    @Override
    public Instant instant() {
        return exact.instant();
    }

    @Override
    public long millis() {
        long known = lastTick;
        if (known == UNKNOWN) {
            return read();
        }
        if (!used) {
            used = true;
        }
        return known;
    }

    private long read() {
        long now = exact.millis();
        if (now - readsSince >= TICK.toMillis() || now < readsSince) {
            readsSince = now;
            reads = 0;
        }
        if (++reads > MANY && ticking.compareAndSet(false, true)) {
            used = true;
            threads.execute(this::tick);
        }
        return now;
    }

    /** Runs until no call came for the length of a tick. */
    private void tick() {
        try {
            while (used) {
                used = false;
                lastTick = exact.millis();
                pause.run();
            }
        } finally {
            lastTick = UNKNOWN;
            ticking.set(false);
        }
    }
}
