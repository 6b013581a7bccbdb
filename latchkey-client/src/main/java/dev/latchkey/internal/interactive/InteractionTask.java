package dev.latchkey.internal.interactive;

import dev.latchkey.InteractionStatus;
import dev.latchkey.Scheduler;
import dev.latchkey.core.PrintableFailure;
import dev.latchkey.core.PrintableText;
import dev.latchkey.core.error.AuthException;
import dev.latchkey.core.error.BrowserAuthException;
import dev.latchkey.core.error.ErrorCodes;
import dev.latchkey.core.error.ErrorDetails;
import dev.latchkey.core.error.NetworkException;
import dev.latchkey.internal.calls.Failures;
import dev.latchkey.internal.environment.Settings;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One interaction with the user, from taking the turn to releasing it. Whatever ends it (success, failure, deadline,
 * cancellation, takeover), the same steps follow: clean up, queue the closing events, release the turn, deliver the
 * events, complete the caller's future.
 *
 * @param <T> the result
 */
abstract class InteractionTask<T> {
    private static final Logger LOG = LoggerFactory.getLogger(InteractionTask.class);

    final String correlationId;
    private final Settings.Environment environment;
    private final CompletableFuture<T> outcome = new CompletableFuture<>();
    private volatile Scheduler.@Nullable Cancellable alarm;
    private volatile boolean asksUser;

    InteractionTask(Settings.Environment environment, String correlationId) {
        this.environment = environment;
        this.correlationId = correlationId;
    }

    /** The first step, on the executor; an exception ends the task. */
    abstract void begin();

    /** Releases all resources of the task; runs exactly once. */
    abstract void cleanUp(@Nullable AuthException failure);

    /** Emits the start event. */
    abstract void tellStart();

    /** Queues the end events without delivering them. */
    abstract void queueEnd(@Nullable T result, @Nullable AuthException failure);

    /** Delivers the queued events. */
    abstract void deliver();

    /**
     * Takes the turn, or fails. The future completes on the executor or the scheduler; cancelling it ends the task.
     */
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
        // A caller that cancels its future ends the task.
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

    /** It is the user's turn: whatever time passes from here on is not the network's. */
    final void asksUser() {
        asksUser = true;
    }

    /** The user is done: from here on, only the network's timeouts apply. */
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

    /** Runs work on a thread that does not wait for calls; an exception ends the task. */
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

    private AuthException late(Duration time) {
        if (!asksUser) {
            return new NetworkException(ErrorDetails.of(
                            ErrorCodes.REQUEST_TIMED_OUT,
                            "the authority did not answer within " + time.toSeconds()
                                    + " s, before anything was shown to the user; a retry may succeed")
                    .correlationId(correlationId));
        }
        return new BrowserAuthException(ErrorDetails.of(
                        ErrorCodes.TIMED_OUT,
                        "the user did not finish within " + time.toSeconds()
                                + " s; the page is no longer valid; call again to open a new one")
                .correlationId(correlationId));
    }
}
