package dev.latchkey.store.file;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** Time that passes only when somebody waits, or when it is told to. */
final class ManualPause implements Pause {
    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1_000);
    private volatile int pauses;

    @Override
    public long nanoTime() {
        return now.get();
    }

    @Override
    public void pause(long nanos) {
        pauses++;
        now.addAndGet(nanos);
    }

    void advance(Duration time) {
        now.addAndGet(time.toNanos());
    }

    int pauses() {
        return pauses;
    }
}
