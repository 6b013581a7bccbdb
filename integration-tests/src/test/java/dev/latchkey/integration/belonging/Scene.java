package dev.latchkey.integration.belonging;

import dev.latchkey.AuthenticationResult;
import dev.latchkey.authority.VirtualClock;
import dev.latchkey.core.error.AuthException;
import dev.latchkey.store.TokenStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One sequence: its world, its applications and what they have received so far. */
final class Scene {
    private static final long PATIENCE_SECONDS = 30;
    private static final List<Duration> STEPS = List.of(
            Duration.ofMinutes(1),
            Duration.ofMinutes(12),
            Duration.ofMinutes(52),
            Duration.ofHours(3),
            Duration.ofHours(25));

    final Dice dice;
    final Complaints complaints = new Complaints();
    final Faces faces = new Faces();
    final World world;
    final TokenStore store;
    final Browser browser;
    final Cast cast;
    final Requests requests;
    final List<Actor> actors;
    final List<AuthenticationResult> results = new ArrayList<>();
    final List<Begun> begun = new ArrayList<>();
    final List<String> calls = new ArrayList<>();
    final ResultJudge judge;
    private final List<Actor> busy = new ArrayList<>();
    private boolean succeeded;

    Scene(long seed, Function<VirtualClock, TokenStore> stores) {
        this.dice = new Dice(seed);
        this.world = new World(dice, complaints);
        this.browser = new Browser(world);
        this.judge = new ResultJudge(world.ledger(), complaints, faces);
        this.requests = new Requests(dice, world, faces);
        this.store = stores.apply(world.clock());
        this.cast = new Cast(world, store, browser);
        this.actors = cast.all();
    }

    /** A random application; every second time one that already has results. */
    Actor anybody() {
        return dice.one(busy.isEmpty() || dice.chance(50) ? actors : busy);
    }

    /** A random public application. */
    Actor anyPublic() {
        Actor anybody = anybody();
        return anybody.isPublic()
                ? anybody
                : dice.one(actors.stream().filter(Actor::isPublic).toList());
    }

    /** Requests a token and judges the result. */
    void token(String what, Asked asked, Callable<AuthenticationResult> call) {
        browser.takeLast();
        attempt(what, call).ifPresent(result -> judged(result, asked, browser.takeLast()));
    }

    /** Judges a result. */
    void judged(AuthenticationResult result, Asked asked, @Nullable Person signedIn) {
        results.add(result);
        busy.add(asked.actor());
        judge.check(Brought.of(result), asked, signedIn);
    }

    /**
     * Makes a call: its result, or empty after an allowed failure. Any failure except an AuthException is a violation.
     */
    <T> Optional<T> attempt(String what, Callable<T> call) {
        calls.add(what);
        try {
            T value = call.call();
            succeeded = true;
            return Optional.ofNullable(value);
        } catch (Exception e) {
            Throwable cause = unwrapped(e);
            if (cause instanceof AuthException failure) {
                calls.add("    failed: " + failure.errorCode());
            } else {
                complaints.add("unexpected " + cause.getClass().getSimpleName(), what + ": " + cause);
            }
            return Optional.empty();
        }
    }

    /** Lets some time pass, in this percentage of cases. */
    void passTime(int percent) {
        if (dice.chance(percent)) {
            Duration step = dice.one(STEPS);
            calls.add("-- " + step + " pass");
            world.clock().advance(step);
        }
    }

    /** Records that a call achieved its purpose. */
    void succeed() {
        succeeded = true;
    }

    /** Whether a call succeeded since the last check. */
    boolean takeSucceeded() {
        boolean before = succeeded;
        succeeded = false;
        return before;
    }

    static <T> T await(CompletableFuture<T> future) throws Exception {
        return future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private static Throwable unwrapped(Throwable error) {
        boolean isWrapper = error instanceof ExecutionException || error instanceof CompletionException;
        return isWrapper && error.getCause() != null ? unwrapped(error.getCause()) : error;
    }
}
