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
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * {@code GET /events}: tells a page when its session changes, whoever changed it (another tab, another node as far as
 * the store tells). A stream ends with the session, and after half an hour; browsers come back by themselves.
 */
final class EventsEndpoint implements LatchkeyServlet.Endpoint, AutoCloseable {
    private static final int MOST_STREAMS = 10_000;
    private static final long LONGEST_MILLIS = 30L * 60 * 1000;

    private final LatchkeyWeb web;
    private final Set<Stream> streams = ConcurrentHashMap.newKeySet();

    EventsEndpoint(LatchkeyWeb web) {
        this.web = web;
    }

    @Override
    public void serve(Exchange exchange) throws IOException {
        Optional<SessionId> id = web.aliveSession(exchange.request());
        if (id.isEmpty() || streams.size() >= MOST_STREAMS) {
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
        streams.add(stream);
        stream.begin();
    }

    @Override
    public void close() {
        streams.forEach(Stream::end);
    }

    private final class Stream implements AsyncListener {
        private final AsyncContext context;
        private final SessionId id;
        private final Registration registration;
        private final AtomicBoolean over = new AtomicBoolean();
        private final AtomicBoolean due = new AtomicBoolean();

        Stream(AsyncContext context, SessionId id) {
            this.context = context;
            this.id = id;
            this.registration = web.sessions().onChange(id, this::changed);
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
            SessionData data = web.sessions().read(id);
            try {
                WebSession session = new WebSession(web.application(), data == null ? SessionData.EMPTY : data);
                String event = "event: session\ndata: " + Json.write(SessionEndpoints.json(web, session)) + "\n\n";
                context.getResponse().getOutputStream().write(event.getBytes(StandardCharsets.UTF_8));
                context.getResponse().flushBuffer();
            } catch (IOException e) {
                end();
                return;
            }
            if (data == null) {
                end();
            }
        }

        void end() {
            if (over.compareAndSet(false, true)) {
                forget();
                context.complete();
            }
        }

        private void forget() {
            registration.close();
            streams.remove(this);
        }

        @Override
        public void onComplete(AsyncEvent event) {
            over.set(true);
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
