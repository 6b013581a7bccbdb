package dev.latchkey.authority.interference;

import dev.latchkey.authority.IncomingRequest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

/** Holds requests until opened. */
public final class RequestHold {
    /** On which side of the endpoint's work a request is held. */
    public enum Side {
        BEFORE_WORK,
        AFTER_WORK
    }

    private final Side side;
    private final Predicate<IncomingRequest> condition;
    private final Counter waiting = new Counter();
    private final Counter arrived = new Counter();
    private final Deque<CompletableFuture<Void>> held = new ArrayDeque<>();
    private boolean open;
    private int opensAt = Integer.MAX_VALUE;

    public RequestHold(Side side, Predicate<IncomingRequest> condition) {
        this.side = side;
        this.condition = condition;
    }

    public Counter waiting() {
        return waiting;
    }

    public Counter arrived() {
        return arrived;
    }

    /** Opens when so many wait. */
    public void openAt(int requests) {
        boolean reached;
        synchronized (this) {
            opensAt = requests;
            reached = held.size() >= requests;
        }
        if (reached) {
            open();
        }
    }

    /** Lets the oldest through. */
    public boolean releaseOne() {
        CompletableFuture<Void> oldest;
        synchronized (this) {
            oldest = held.poll();
        }
        if (oldest == null) {
            return false;
        }
        let(oldest);
        return true;
    }

    /** Lets all through, now and later. */
    public void open() {
        List<CompletableFuture<Void>> all;
        synchronized (this) {
            open = true;
            all = new ArrayList<>(held);
            held.clear();
        }
        all.forEach(this::let);
    }

    CompletionStage<Void> pass(Side where, IncomingRequest request) {
        if (where != side || !condition.test(request)) {
            return CompletableFuture.completedFuture(null);
        }
        CompletableFuture<Void> mine = new CompletableFuture<>();
        boolean full;
        synchronized (this) {
            arrived.add(1);
            if (open) {
                return CompletableFuture.completedFuture(null);
            }
            held.add(mine);
            waiting.add(1);
            full = held.size() >= opensAt;
        }
        if (full) {
            open();
        }
        return mine;
    }

    private void let(CompletableFuture<Void> request) {
        waiting.add(-1);
        request.complete(null);
    }
}
