package dev.latchkey.internal.calls;

import dev.latchkey.core.PrintableFailure;
import dev.latchkey.internal.environment.Settings;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Renews tokens that are still good, before they are not. One renewal per call at a time; after a failure the next try
 * waits, twice as long each time and never exactly as long as another process would. Nobody ever waits for these.
 *
 * @param <C> what makes two calls equal
 */
public final class BackgroundRenewals<C> {
    private static final Logger LOG = LoggerFactory.getLogger(BackgroundRenewals.class);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(30);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);
    private static final int MOST = 10_000;
    private static final long RUNNING = -1;

    /** Looking through all of them costs a call that finds its token more than the rest of it. */
    private static final long TIDYING_PAUSE_MILLIS = 1_000;

    private final Settings.Environment environment;
    private final Function<C, ? extends CompletableFuture<?>> renew;
    private final ConcurrentHashMap<C, Attempt> attempts = new ConcurrentHashMap<>();

    private volatile long lastTidied;

    /** {@code pause} is {@link #RUNNING} while one runs. */
    private record Attempt(int failures, long since, long pause) {
        /** A clock that was set back must not make the pause longer. */
        boolean isOver(long now) {
            return pause != RUNNING && (now < since || now >= since + pause);
        }
    }

    public BackgroundRenewals(Settings.Environment environment, Function<C, ? extends CompletableFuture<?>> renew) {
        this.environment = environment;
        this.renew = renew;
    }

    /** Starts a renewal unless one runs or it is too early for another try. */
    public void start(C call) {
        Attempt last = attempts.get(call);
        long now = environment.clock().millis();
        if (last != null && !last.isOver(now)) {
            return;
        }
        Attempt running = new Attempt(last == null ? 0 : last.failures, now, RUNNING);
        boolean mine = last == null
                ? hasRoom(now) && attempts.putIfAbsent(call, running) == null
                : attempts.replace(call, last, running);
        if (mine) {
            run(call, running);
        }
    }

    /** Calls that failed once and never came again make room for others. */
    private boolean hasRoom(long now) {
        if (attempts.size() >= MOST && !(lastTidied <= now && now < lastTidied + TIDYING_PAUSE_MILLIS)) {
            lastTidied = now;
            attempts.values().removeIf(attempt -> attempt.isOver(now));
        }
        return attempts.size() < MOST;
    }

    private void run(C call, Attempt running) {
        CompletableFuture<?> renewal;
        try {
            renewal = renew.apply(call);
        } catch (RuntimeException e) {
            renewal = CompletableFuture.failedFuture(e);
        }
        var unused = renewal.whenComplete((unimportant, error) -> {
            if (error == null) {
                attempts.remove(call, running);
            } else {
                attempts.replace(call, running, next(running));
                LOG.debug(
                        "A renewal in the background failed; the token at hand is still good",
                        PrintableFailure.of(error));
            }
        });
    }

    private Attempt next(Attempt failed) {
        int doublings = Math.min(failed.failures, 10);
        long pause = Math.min(FIRST_PAUSE.toMillis() << doublings, LONGEST_PAUSE.toMillis());
        long jittered = pause / 2 + (long) (pause / 2.0 * environment.entropy().share());
        return new Attempt(failed.failures + 1, environment.clock().millis(), jittered);
    }
}
