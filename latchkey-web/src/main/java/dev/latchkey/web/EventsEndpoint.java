package dev.latchkey.web;

import dev.latchkey.Scheduler;
import dev.latchkey.store.Registration;
import dev.latchkey.web.session.SessionId;
import jakarta.servlet.AsyncContext;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * {@code GET /events}: notifies a page when its session changes, whatever changed it (another tab, or another node as
 * far as the store reports it). A stream ends with the session, when all accounts have signed out, and after half an
 * hour; browsers reconnect on their own. A comment every 15 seconds detects browsers that are gone. Only sessions with
 * a signed-in user get a stream: anyone could open any number of others, and streams are limited.
 */
final class EventsEndpoint implements LatchkeyServlet.Endpoint, AutoCloseable {
    static final Duration HEARTBEAT = Duration.ofSeconds(15);

    private static final int MOST_STREAMS = 10_000;
    private static final int MOST_OF_ONE_SESSION = 8;
    private static final long LONGEST_MILLIS = Duration.ofMinutes(30).toMillis();

    private final LatchkeyWeb web;
    private final Map<String, Set<SessionEvents>> streams = new ConcurrentHashMap<>();
    private final AtomicInteger open = new AtomicInteger();
    private final Registration registration;
    private Scheduler.@Nullable Cancellable nextBeat;
    private boolean isClosed;

    EventsEndpoint(LatchkeyWeb web) {
        this.web = web;
        this.registration = web.sessions()
                .onChange(digest -> streams.getOrDefault(digest, Set.of()).forEach(SessionEvents::changed));
    }

    @Override
    public void serve(Exchange exchange) throws IOException {
        Optional<SessionId> id = web.readSession(exchange.request())
                .flatMap(session -> web.cookie().read(exchange.request()));
        SessionEvents stream = id.isEmpty() ? null : new SessionEvents(web, id.get(), this::forget);
        if (stream == null || !admit(stream)) {
            // 204 tells the browser not to reconnect.
            exchange.answerNothing();
            return;
        }
        try {
            exchange.response().setContentType("text/event-stream;charset=utf-8");
            exchange.response().setHeader("Cache-Control", "no-store");
            AsyncContext context = exchange.request().startAsync();
            context.setTimeout(LONGEST_MILLIS);
            stream.begin(context);
        } catch (IOException | RuntimeException e) {
            stream.end();
            throw e;
        }
        scheduleBeat();
    }

    /** The number of open streams. */
    int open() {
        return open.get();
    }

    private boolean admit(SessionEvents stream) {
        if (open.incrementAndGet() > MOST_STREAMS) {
            open.decrementAndGet();
            return false;
        }
        boolean[] admitted = new boolean[1];
        streams.compute(stream.session(), (session, present) -> {
            Set<SessionEvents> all = present == null ? ConcurrentHashMap.newKeySet() : present;
            admitted[0] = all.size() < MOST_OF_ONE_SESSION && all.add(stream);
            return all;
        });
        if (!admitted[0]) {
            open.decrementAndGet();
        }
        return admitted[0];
    }

    /** Called once for each admitted stream. */
    private void forget(SessionEvents stream) {
        open.decrementAndGet();
        streams.computeIfPresent(stream.session(), (session, all) -> {
            all.remove(stream);
            return all.isEmpty() ? null : all;
        });
    }

    private synchronized void scheduleBeat() {
        if (nextBeat == null && !isClosed) {
            nextBeat = web.scheduler().schedule(this::beat, HEARTBEAT);
        }
    }

    private void beat() {
        all().forEach(SessionEvents::beat);
        synchronized (this) {
            nextBeat = null;
        }
        if (!streams.isEmpty()) {
            scheduleBeat();
        }
    }

    private List<SessionEvents> all() {
        return streams.values().stream().flatMap(Set::stream).toList();
    }

    @Override
    public void close() {
        registration.close();
        synchronized (this) {
            isClosed = true;
            if (nextBeat != null) {
                nextBeat.cancel();
            }
        }
        all().forEach(SessionEvents::end);
    }
}
