package dev.latchkey.web;

import dev.latchkey.core.json.Json;
import dev.latchkey.store.Registration;
import dev.latchkey.web.session.SessionData;
import dev.latchkey.web.session.SessionId;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * {@code GET /events}: tells a page when its session changes, whoever changed it (another tab, another node as far as
 * the store tells). A stream ends with the session, when everybody has left it, and after half an hour; browsers come
 * back by themselves. Only sessions through which somebody is signed in get one: anybody can make others, and streams
 * are bounded.
 */
final class EventsEndpoint implements LatchkeyServlet.Endpoint, AutoCloseable {
    private static final int MOST_STREAMS = 10_000;
    private static final int MOST_OF_ONE_SESSION = 8;
    private static final long LONGEST_MILLIS = 30L * 60 * 1000;

    private final LatchkeyWeb web;
    private final Map<String, Set<Stream>> streams = new ConcurrentHashMap<>();
    private final AtomicInteger open = new AtomicInteger();
    private final Registration registration;

    EventsEndpoint(LatchkeyWeb web) {
        this.web = web;
        this.registration = web.sessions()
                .onChange(digest -> streams.getOrDefault(digest, Set.of()).forEach(Stream::changed));
    }

    @Override
    public void serve(Exchange exchange) throws IOException {
        Optional<SessionId> id =
                web.session(exchange.request()).flatMap(session -> web.cookie().read(exchange.request()));
        if (id.isEmpty() || open.get() >= MOST_STREAMS || streamsOf(id.get()).size() >= MOST_OF_ONE_SESSION) {
            // 204 tells the browser not to come back.
            exchange.answerNothing();
            return;
        }
        exchange.response().setContentType("text/event-stream;charset=utf-8");
        exchange.response().setHeader("Cache-Control", "no-store");
        AsyncContext context = exchange.request().startAsync();
        context.setTimeout(LONGEST_MILLIS);
        Stream stream = new Stream(context, id.get());
        context.addListener(stream);
        streams.computeIfAbsent(id.get().digest(), digest -> ConcurrentHashMap.newKeySet())
                .add(stream);
        open.incrementAndGet();
        stream.begin();
    }

    private Set<Stream> streamsOf(SessionId id) {
        return streams.getOrDefault(id.digest(), Set.of());
    }

    @Override
    public void close() {
        registration.close();
        streams.values().forEach(all -> all.forEach(Stream::end));
    }

    private final class Stream implements AsyncListener {
        private final AsyncContext context;
        private final SessionId id;
        private final AtomicBoolean over = new AtomicBoolean();
        private final AtomicBoolean due = new AtomicBoolean();

        Stream(AsyncContext context, SessionId id) {
            this.context = context;
            this.id = id;
        }

        void begin() {
            due.set(true);
            context.start(this::tell);
        }

        /** Called by the store, which must not be called back from here. */
        private void changed() {
            if (!over.get() && due.compareAndSet(false, true)) {
                context.start(this::tell);
            }
        }

        private synchronized void tell() {
            if (over.get() || !due.getAndSet(false)) {
                return;
            }
            SessionData data;
            try {
                data = web.sessions().read(id);
                WebSession session = new WebSession(web.application(), data == null ? SessionData.EMPTY : data);
                String event = "event: session\ndata: " + Json.write(SessionEndpoints.json(web, session)) + "\n\n";
                context.getResponse().getOutputStream().write(event.getBytes(StandardCharsets.UTF_8));
                context.getResponse().flushBuffer();
            } catch (IOException | RuntimeException e) {
                end();
                return;
            }
            // Of a session without accounts each read is a change, which would be told again without end.
            if (data == null || data.accounts().isEmpty()) {
                end();
            }
        }

        void end() {
            if (forget()) {
                context.complete();
            }
        }

        private boolean forget() {
            boolean first = over.compareAndSet(false, true);
            if (first) {
                open.decrementAndGet();
                streams.computeIfPresent(id.digest(), (digest, all) -> {
                    all.remove(this);
                    return all.isEmpty() ? null : all;
                });
            }
            return first;
        }

        @Override
        public void onComplete(AsyncEvent event) {
            forget();
        }

        @Override
        public void onTimeout(AsyncEvent event) {
            end();
        }

        @Override
        public void onError(AsyncEvent event) {
            end();
        }

        @Override
        public void onStartAsync(AsyncEvent event) {}
    }
}
