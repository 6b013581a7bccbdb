package dev.latchkey.authority.interference;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** A number that can be waited for. */
public final class Counter {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private int count;

    Counter() {}

    public int count() {
        return add(0);
    }

    int add(int change) {
        lock.lock();
        try {
            count += change;
            changed.signalAll();
            return count;
        } finally {
            lock.unlock();
        }
    }

    /** Waits for the number to be reached; an assertion fails otherwise. */
    public void await(int wanted, Duration timeout, String what) {
        lock.lock();
        try {
            long left = timeout.toNanos();
            while (count < wanted) {
                if (left <= 0) {
                    throw new AssertionError(
                            "waited " + timeout + " for " + wanted + " " + what + ", there were " + count);
                }
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for " + what, e);
        } finally {
            lock.unlock();
        }
    }
}
