package dev.latchkey.internal.loopback;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Deadlines that expire when the test says so. */
final class ManualDeadlines implements Deadlines {
    private final List<Pending> pending = new ArrayList<>();

    private record Pending(Duration delay, Runnable action) {}

    @Override
    public synchronized Deadline after(Duration delay, Runnable action) {
        Pending added = new Pending(delay, action);
        pending.add(added);
        notifyAll();
        return () -> cancel(added);
    }

    /** Waits for a deadline of this length and expires the oldest. */
    void expire(Duration delay) throws InterruptedException {
        take(delay).action().run();
    }

    private synchronized Pending take(Duration delay) throws InterruptedException {
        while (true) {
            for (Pending candidate : pending) {
                if (candidate.delay().equals(delay)) {
                    cancel(candidate);
                    return candidate;
                }
            }
            wait();
        }
    }

    /** Waits until exactly this many deadlines of this length are set. */
    synchronized void awaitPending(Duration delay, int count) throws InterruptedException {
        while (pending.stream().filter(one -> one.delay().equals(delay)).count() != count) {
            wait();
        }
    }

    private synchronized void cancel(Pending one) {
        pending.removeIf(candidate -> candidate == one);
        notifyAll();
    }
}
