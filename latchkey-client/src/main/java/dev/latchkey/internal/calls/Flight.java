package dev.latchkey.internal.calls;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One piece of work with everybody who waits for it. The seats are served one after the other by a loop: dependents of
 * one {@code CompletableFuture} that complete on a direct executor are served by recursion, and of ten thousand some
 * would be lost to the end of the stack.
 */
final class Flight<V> {
    private final List<Seat<V>> seats = new ArrayList<>();
    private @Nullable Consumer<CompletableFuture<V>> outcome;

    private record Seat<V>(CompletableFuture<V> future, Executor executor) {
        void serve(Consumer<CompletableFuture<V>> outcome) {
            if (future.isDone()) {
                return;
            }
            try {
                executor.execute(() -> outcome.accept(future));
            } catch (Throwable e) {
                // One executor that takes no work must not leave the others unserved.
                future.completeExceptionally(e);
            }
        }
    }

    /** A future of one passenger alone, completed on the executor, even if the call has already completed. */
    CompletableFuture<V> board(Executor executor) {
        Seat<V> seat = new Seat<>(new CompletableFuture<>(), executor);
        Consumer<CompletableFuture<V>> known;
        synchronized (this) {
            known = outcome;
            if (known == null) {
                seats.add(seat);
            }
        }
        if (known != null) {
            seat.serve(known);
        }
        return seat.future;
    }

    /** The first passenger gets an outcome of their own; false if there are no others, who get theirs in the end. */
    boolean leaveLeader(Throwable error) {
        Seat<V> leader;
        synchronized (this) {
            if (seats.size() < 2) {
                return false;
            }
            leader = seats.remove(0);
        }
        leader.serve(future -> future.completeExceptionally(error));
        return true;
    }

    void succeed(V value) {
        land(future -> future.complete(value));
    }

    void fail(Throwable error) {
        land(future -> future.completeExceptionally(error));
    }

    private void land(Consumer<CompletableFuture<V>> how) {
        synchronized (this) {
            outcome = how;
        }
        // Nobody joins any more: whoever comes now finds the outcome.
        seats.forEach(seat -> seat.serve(how));
    }
}
