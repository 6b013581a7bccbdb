package dev.latchkey.internal.environment;

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
    private final ConcurrentHashMap<K, CompletableFuture<V>> flights = new ConcurrentHashMap<>();

    /**
     * Joins the flight of a key, or starts one on the executor.
     *
     * @return a future of this caller alone, which completes on the executor: cancelling it leaves the flight and its
     *     other passengers alone, and what this caller does with the outcome does not keep the others waiting
     */
    public CompletableFuture<V> join(K key, Executor executor, Supplier<V> work) {
        CompletableFuture<V> mine = new CompletableFuture<>();
        CompletableFuture<V> running = flights.putIfAbsent(key, mine);
        if (running != null) {
            return seat(running, executor);
        }
        CompletableFuture<V> seat = seat(mine, executor);
        try {
            executor.execute(() -> fly(key, mine, work));
        } catch (RuntimeException e) {
            end(key, mine);
            mine.completeExceptionally(e);
        }
        return seat;
    }

    /** As {@link #join}, on the calling thread, which waits. */
    public V await(K key, Supplier<V> work) {
        try {
            return join(key, Runnable::run, work).join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : e;
        }
    }

    private static <V> CompletableFuture<V> seat(CompletableFuture<V> flight, Executor executor) {
        return flight.handleAsync(
                (value, error) -> {
                    if (error != null) {
                        throw error instanceof CompletionException wrapped ? wrapped : new CompletionException(error);
                    }
                    return value;
                },
                executor);
    }

    private void fly(K key, CompletableFuture<V> flight, Supplier<V> work) {
        V value;
        try {
            value = work.get();
        } catch (Throwable e) {
            end(key, flight);
            flight.completeExceptionally(e);
            return;
        }
        // Ended before it completes: whoever is woken by it and calls again must not get the old outcome.
        end(key, flight);
        flight.complete(value);
    }

    private void end(K key, CompletableFuture<V> flight) {
        flights.remove(key, flight);
    }
}
