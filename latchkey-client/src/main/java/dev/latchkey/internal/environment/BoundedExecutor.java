package dev.latchkey.internal.environment;

import dev.latchkey.core.error.ClientAuthException;
import dev.latchkey.core.error.ErrorCodes;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Runs a limited number of tasks at a time; the others wait. A task submitted by a running task delivers a result to a
 * waiting caller and is not new work, so it goes ahead of all waiting tasks, however many there are.
 */
final class BoundedExecutor implements Executor {
    private final Executor threads;
    private final int mostAtOnce;
    private final int mostWaiting;
    private final ThreadLocal<Boolean> inside = new ThreadLocal<>();
    private final Queue<Runnable> handedOn = new ArrayDeque<>();
    private final Queue<Runnable> waiting = new ArrayDeque<>();
    private int running;

    BoundedExecutor(Executor threads, int mostAtOnce, int mostWaiting) {
        this.threads = threads;
        this.mostAtOnce = mostAtOnce;
        this.mostWaiting = mostWaiting;
    }

    /**
     * Runs the task now or later.
     *
     * @throws ClientAuthException {@code too_many_calls} if too many are already waiting
     */
    @Override
    public void execute(Runnable task) {
        if (mayStart(task)) {
            start(task);
        }
    }

    private synchronized boolean mayStart(Runnable task) {
        if (running < mostAtOnce) {
            running++;
            return true;
        }
        if (inside.get() != null) {
            handedOn.add(task);
        } else if (waiting.size() < mostWaiting) {
            waiting.add(task);
        } else {
            throw new ClientAuthException(
                    ErrorCodes.TOO_MANY_CALLS,
                    mostAtOnce + " calls are running and " + mostWaiting + " are waiting; call again later");
        }
        return false;
    }

    private void start(Runnable first) {
        try {
            threads.execute(() -> work(first));
        } catch (Throwable e) {
            // No thread can be started: waiting tasks depend on the running ones.
            synchronized (this) {
                running--;
            }
            throw e;
        }
    }

    private void work(Runnable first) {
        inside.set(true);
        for (Runnable task = first; task != null; task = next()) {
            try {
                task.run();
            } catch (Throwable e) {
                Thread thread = Thread.currentThread();
                thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
            }
        }
        inside.remove();
    }

    private synchronized @Nullable Runnable next() {
        Runnable next = handedOn.isEmpty() ? waiting.poll() : handedOn.poll();
        if (next == null) {
            running--;
        }
        return next;
    }
}
