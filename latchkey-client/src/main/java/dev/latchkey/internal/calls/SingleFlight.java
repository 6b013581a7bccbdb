package dev.latchkey.internal.calls;

import dev.latchkey.Futures;
import dev.latchkey.core.error.AuthException;
import dev.latchkey.core.error.ErrorCodes;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Supplier;

/**
 * Runs work at most once per key at a time: whoever comes while it runs gets its outcome. Nothing is remembered once it
 * has ended, failures least of all.
 *
 * @param <K> what makes two calls equal
 * @param <V> what they get
 */
public final class SingleFlight<K, V> {
    private final ConcurrentHashMap<K, Flight<V>> flights = new ConcurrentHashMap<>();

    /**
     * Joins the flight of a key, or starts one on the executor.
     *
     * @return a future of this caller alone, which completes on the executor: cancelling it leaves the flight and its
     *     other passengers alone, and what this caller does with the outcome does not keep the others waiting
     */
    public CompletableFuture<V> join(K key, Executor executor, Supplier<V> work) {
        Flight<V> mine = new Flight<>();
        CompletableFuture<V> seat = mine.board(executor);
        Flight<V> running = flights.putIfAbsent(key, mine);
        if (running != null) {
            return running.board(executor);
        }
        try {
            executor.execute(() -> fly(key, mine, work));
        } catch (RuntimeException e) {
            flights.remove(key, mine);
            mine.fail(e);
        }
        return seat;
    }

    /** As {@link #join}, on the calling thread, which waits. */
    public V await(K key, Supplier<V> work) {
        try {
            return join(key, Runnable::run, work).join();
        } catch (CompletionException e) {
            throw Futures.unchecked(e);
        }
    }

    /** Removed before it completes: a caller woken by it that calls again must not be given the old outcome. */
    private void fly(K key, Flight<V> flight, Supplier<V> work) {
        V value;
        try {
            value = work.get();
        } catch (Throwable e) {
            if (isInterruption(e) && flight.leaveLeader(e)) {
                flyOn(key, flight, work);
                return;
            }
            flights.remove(key, flight);
            flight.fail(e);
            return;
        }
        flights.remove(key, flight);
        flight.succeed(value);
    }

    /** The one whose thread it is was interrupted: the others still want the outcome, and there is no other thread. */
    private void flyOn(K key, Flight<V> flight, Supplier<V> work) {
        boolean interrupted = Thread.interrupted();
        try {
            fly(key, flight, work);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static boolean isInterruption(Throwable e) {
        return e instanceof AuthException failure && failure.errorCode().equals(ErrorCodes.INTERRUPTED);
    }
}
