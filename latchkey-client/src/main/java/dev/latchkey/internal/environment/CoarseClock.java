package dev.latchkey.internal.environment;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * The time for programs that ask very often: reading the system's clock costs several times what the rest of a cache hit
 * does. While {@link #millis} is asked for more than {@value #MANY} times a tick, one thread reads the clock for all, and
 * the answer may be a tick old: a three-thousandth of what a token is renewed early by default. Else, and for {@link
 * #instant}, each call reads it, and there is no thread.
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

    // How often the clock was read, and since when. Threads that race here only make the ticking begin a little later.
    private int reads;
    private long readsSince;

    CoarseClock(InstantSource exact, Executor threads, Runnable pause) {
        this.exact = exact;
        this.threads = threads;
        this.pause = pause;
    }

    /** With a thread of its own when need be: one that ran other tasks too could be held up by them. */
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

    /** Until nobody has asked for the length of a tick. */
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
