package dev.latchkey.testkit;

import dev.latchkey.authority.person.ScriptedPerson;
import dev.latchkey.authority.person.Visit;
import dev.latchkey.interaction.UserAgent;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * A browser with a scripted user: answers pages over HTTP, one visit after another, on its own thread. Thread-safe.
 */
public final class ScriptedUserAgent implements UserAgent {
    private final ScriptedPerson person;
    private final BlockingQueue<CompletableFuture<Visit>> visits = new LinkedBlockingQueue<>();

    private ScriptedUserAgent(ScriptedPerson person) {
        this.person = person;
    }

    /** The browser of a scripted user; cookies are kept between visits. */
    public static ScriptedUserAgent of(ScriptedPerson person) {
        return new ScriptedUserAgent(person);
    }

    @Override
    public void open(URI authorizationUri) {
        CompletableFuture<Visit> visit = new CompletableFuture<>();
        visits.add(visit);
        Thread thread = new Thread(() -> visit(authorizationUri, visit), "scripted-person");
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * The outcome of the next visit that has not been returned yet.
     *
     * @throws AssertionError if there is none within the timeout, or the scripted user could not handle a page
     */
    public Visit awaitVisit(Duration timeout) {
        try {
            CompletableFuture<Visit> visit = visits.poll(timeout.toMillis(), TimeUnit.MILLISECONDS);
            return finished(visit, timeout);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted while waiting for a visit", e);
        }
    }

    private static Visit finished(@Nullable CompletableFuture<Visit> visit, Duration timeout)
            throws InterruptedException {
        if (visit == null) {
            throw new AssertionError("no page was opened within " + timeout);
        }
        try {
            return visit.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new AssertionError("the visit failed: " + e.getCause(), e.getCause());
        } catch (TimeoutException e) {
            throw new AssertionError("the visit did not end within " + timeout, e);
        }
    }

    private void visit(URI address, CompletableFuture<Visit> visit) {
        try {
            synchronized (person) {
                visit.complete(person.visit(address));
            }
        } catch (RuntimeException e) {
            visit.completeExceptionally(e);
        }
    }
}
