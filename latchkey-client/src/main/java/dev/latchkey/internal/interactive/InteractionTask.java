package dev.latchkey.internal.interactive;

import dev.latchkey.InteractionStatus;
import dev.latchkey.Scheduler;
import dev.latchkey.core.PrintableFailure;
import dev.latchkey.core.PrintableText;
import dev.latchkey.core.error.AuthException;
import dev.latchkey.core.error.BrowserAuthException;
import dev.latchkey.core.error.ErrorCodes;
import dev.latchkey.core.error.ErrorDetails;
import dev.latchkey.internal.calls.Failures;
import dev.latchkey.internal.environment.Settings;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One interaction with the person, from taking the turn to giving it back. Its outcome is the one truth: whatever
 * completes it (success, failure, deadline, cancellation, being taken over), what follows is always the same: clean up,
 * queue the closing events, give the turn back, tell the events, complete the caller's future.
 *
 * @param <T> what it brings
 */
abstract class InteractionTask<T> {
    private static final Logger LOG = LoggerFactory.getLogger(InteractionTask.class);

    final String correlationId;
    private final Settings.Environment environment;
    private final CompletableFuture<T> outcome = new CompletableFuture<>();
    private volatile Scheduler.@Nullable Cancellable alarm;

    InteractionTask(Settings.Environment environment, String correlationId) {
        this.environment = environment;
        this.correlationId = correlationId;
    }

    /** The first step, on the executor; what it throws ends the task. */
    abstract void begin();

    /** Gives back whatever the task holds; runs once, whatever the end. */
    abstract void cleanUp(@Nullable AuthException failure);

    /** Tells that it begins. */
    abstract void tellStart();

    /** Queues the events of its end, without telling them yet. */
    abstract void queueEnd(@Nullable T result, @Nullable AuthException failure);

    /** Tells what is queued. */
    abstract void deliver();

    /** Takes the turn, or fails; the future completes on the executor or the scheduler, cancelling it ends the task. */
    final CompletableFuture<T> start(
            InteractionGuard guard, InteractionStatus status, Duration time, boolean override) {
        InteractionGuard.Turn turn;
        try {
            turn = guard.enter(status, correlationId, time, override, this::fail);
        } catch (BrowserAuthException e) {
            return CompletableFuture.failedFuture(e);
        }
        tellStart();
        CompletableFuture<T> ended = outcome.handle((result, error) -> end(turn, result, error));
        CompletableFuture<T> handedOut = ended.copy();
        // Whoever cancels what they were given ends the task itself.
        var unused = handedOut.whenComplete((result, error) -> {
            if (handedOut.isCancelled()) {
                outcome.cancel(false);
            }
        });
        setAlarm(time);
        runAsync(this::begin);
        return handedOut;
    }

    final boolean isOver() {
        return outcome.isDone();
    }

    /** The person has done their part: what is left is for the network's deadlines to bound. */
    final void answered() {
        Scheduler.Cancellable set = alarm;
        if (set != null) {
            set.cancel();
        }
    }

    final void succeed(@Nullable T result) {
        outcome.complete(result);
    }

    final void fail(Throwable error) {
        outcome.completeExceptionally(Failures.of(error, correlationId));
    }

    /** Work on a thread that waits for no call; what it throws ends the task. */
    final void runAsync(Runnable work) {
        try {
            environment.interactions().execute(() -> guarded(work));
        } catch (RuntimeException e) {
            fail(e);
        }
    }

    private void guarded(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException | Error e) {
            fail(e);
        }
    }

    private void setAlarm(Duration time) {
        try {
            Scheduler.Cancellable set = environment.scheduler().schedule(() -> fail(late(time)), time);
            alarm = set;
            var unused = outcome.whenComplete((result, error) -> set.cancel());
        } catch (RuntimeException e) {
            fail(e);
        }
    }

    private T end(InteractionGuard.Turn turn, T result, @Nullable Throwable error) {
        AuthException failure = error == null ? null : Failures.of(error, correlationId);
        try {
            cleanUp(failure);
        } catch (RuntimeException e) {
            LOG.warn(
                    "Cleaning up after an interaction failed [{}]",
                    PrintableText.of(correlationId),
                    PrintableFailure.of(e));
        } finally {
            turn.close(() -> queueEnd(result, failure));
            deliver();
        }
        if (failure != null) {
            throw failure;
        }
        return result;
    }

    private BrowserAuthException late(Duration time) {
        return new BrowserAuthException(ErrorDetails.of(
                        ErrorCodes.TIMED_OUT,
                        "the person did not finish within " + time.toSeconds()
                                + " s; the page can no longer be used, call again to open a new one")
                .correlationId(correlationId));
    }
}
