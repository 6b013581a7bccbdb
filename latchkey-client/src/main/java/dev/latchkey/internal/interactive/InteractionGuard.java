package dev.latchkey.internal.interactive;

import dev.latchkey.InteractionStatus;
import dev.latchkey.core.error.BrowserAuthException;
import dev.latchkey.core.error.ErrorCodes;
import dev.latchkey.core.error.ErrorDetails;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Lets one interaction run at a time. A turn is a lease with an owner and a deadline, after which the next interaction
 * can take over even if the owner never released it.
 */
public final class InteractionGuard {
    private final InstantSource clock;
    private final Executor executor;
    private @Nullable Turn current;
    private CompletableFuture<Void> none = CompletableFuture.completedFuture(null);

    public InteractionGuard(InstantSource clock, Executor executor) {
        this.clock = clock;
        this.executor = executor;
    }

    /** The right to interact, until closed. Closing it twice, or after a takeover, has no effect. */
    final class Turn implements AutoCloseable {
        private final InteractionStatus status;
        private final String owner;
        private final Instant deadline;
        private final Consumer<BrowserAuthException> onTakenOver;

        private Turn(
                InteractionStatus status, String owner, Instant deadline, Consumer<BrowserAuthException> onTakenOver) {
            this.status = status;
            this.owner = owner;
            this.deadline = deadline;
            this.onTakenOver = onTakenOver;
        }

        /**
         * Like {@link #close()}, with an action.
         *
         * @param announce runs before the next interaction can take the turn; must be quick
         */
        public void close(Runnable announce) {
            leave(this, announce);
        }

        @Override
        public void close() {
            leave(this, () -> {});
        }
    }

    /**
     * Takes the turn.
     *
     * @param status the kind of interaction
     * @param owner the id of the call
     * @param time the maximum duration
     * @param override whether to cancel a running interaction
     * @param onTakenOver called if another interaction takes over; must not block
     * @throws BrowserAuthException {@code interaction_in_progress}
     */
    Turn enter(
            InteractionStatus status,
            String owner,
            Duration time,
            boolean override,
            Consumer<BrowserAuthException> onTakenOver) {
        Turn turn = new Turn(status, owner, clock.instant().plus(time), onTakenOver);
        Turn previous;
        synchronized (this) {
            previous = current;
            if (previous != null && !override && clock.instant().isBefore(previous.deadline)) {
                throw inProgress(previous, owner);
            }
            current = turn;
            if (none.isDone()) {
                none = new CompletableFuture<>();
            }
        }
        if (previous != null) {
            previous.onTakenOver.accept(takenOver(previous));
        }
        return turn;
    }

    /** Cancels the running interaction. */
    public void close() {
        Turn last;
        synchronized (this) {
            last = current;
        }
        if (last != null) {
            last.onTakenOver.accept(new BrowserAuthException(
                    ErrorDetails.of(ErrorCodes.USER_CANCELLED, "the application was closed during the interaction")
                            .correlationId(last.owner)));
        }
    }

    /** The kind of the running interaction. */
    public synchronized InteractionStatus status() {
        return current == null ? InteractionStatus.NONE : current.status;
    }

    /** Completes when no interaction is running: at once, or later on the executor. */
    public synchronized CompletableFuture<Void> whenNone() {
        return none.copy();
    }

    private void leave(Turn turn, Runnable announce) {
        CompletableFuture<Void> waiting;
        synchronized (this) {
            announce.run();
            if (current != turn) {
                return;
            }
            current = null;
            waiting = none;
        }
        wake(waiting);
    }

    /**
     * A waiting task may start an interaction or block, so it runs outside the lock and not on the thread that ends the
     * turn.
     */
    private void wake(CompletableFuture<Void> waiting) {
        try {
            executor.execute(() -> waiting.complete(null));
        } catch (RejectedExecutionException e) {
            waiting.complete(null);
        }
    }

    private static BrowserAuthException inProgress(Turn previous, String owner) {
        return new BrowserAuthException(ErrorDetails.of(
                        ErrorCodes.INTERACTION_IN_PROGRESS,
                        "another interaction (" + previous.status + ", call " + previous.owner + ") runs until "
                                + previous.deadline + " at the latest; wait for whenInteractionStatus(NONE) and try"
                                + " silently again, or override it")
                .correlationId(owner));
    }

    private static BrowserAuthException takenOver(Turn previous) {
        return new BrowserAuthException(
                ErrorDetails.of(ErrorCodes.INTERACTION_IN_PROGRESS_CANCELLED, "a later interaction replaced this one")
                        .correlationId(previous.owner));
    }
}
