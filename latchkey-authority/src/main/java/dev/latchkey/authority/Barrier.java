package dev.latchkey.authority;

import dev.latchkey.authority.interference.Interference;
import dev.latchkey.authority.interference.RequestHold;
import java.time.Duration;

/**
 * Holds requests until released, so that a test decides what happens at the same time. Thread-safe. Closing releases.
 *
 * <pre>{@code
 * try (Barrier barrier = idp.holdTokenEndpoint()) {
 *     ... start callers ...
 *     barrier.awaitWaiting(1, Duration.ofSeconds(5));
 *     barrier.release();
 * }
 * }</pre>
 */
public final class Barrier implements AutoCloseable {
    private final Interference interference;
    private final RequestHold hold;

    Barrier(Interference interference, RequestHold hold) {
        this.interference = interference;
        this.hold = hold;
    }

    /** How many requests are held now. */
    public int waiting() {
        return hold.waiting().count();
    }

    /** How many requests came so far, released ones included. */
    public int arrived() {
        return hold.arrived().count();
    }

    /**
     * Waits until at least so many requests are held.
     *
     * @throws AssertionError if they are not within the timeout
     */
    public void awaitWaiting(int requests, Duration timeout) {
        hold.waiting().await(requests, timeout, "requests to wait at the barrier");
    }

    /**
     * Waits until so many requests came in all.
     *
     * @throws AssertionError if they do not within the timeout
     */
    public void awaitArrived(int requests, Duration timeout) {
        hold.arrived().await(requests, timeout, "requests to come to the barrier");
    }

    /** Opens by itself as soon as so many requests are held. */
    public Barrier opensAtWaiting(int requests) {
        hold.openAt(requests);
        return this;
    }

    /** Lets the request go on that has waited longest; false if none waits. */
    public boolean releaseOne() {
        return hold.releaseOne();
    }

    /** Lets every held request go on, and from now on everything passes. They are answered on the calling thread. */
    public void release() {
        interference.remove(hold);
        hold.open();
    }

    @Override
    public void close() {
        release();
    }
}
