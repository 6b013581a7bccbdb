package dev.latchkey.internal;

import dev.latchkey.EventMessage;
import dev.latchkey.EventPayload;
import dev.latchkey.EventType;
import dev.latchkey.InteractionType;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands events to callbacks: one at a time, in the order they were published, on a thread that publishes. What a
 * callback throws is logged and breaks nothing. Without callbacks an event costs one read.
 */
public final class EventBus {
    private static final Logger LOG = LoggerFactory.getLogger(EventBus.class);
    private static final int SUBSCRIBER_BUFFER = 256;

    private final InstantSource clock;
    private final Executor executor;
    private final Map<String, Callback> callbacks = new ConcurrentHashMap<>();
    private final AtomicLong ids = new AtomicLong();
    private final Queue<EventMessage> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger pending = new AtomicInteger();
    private @Nullable SubmissionPublisher<EventMessage> publisher;

    private record Callback(Set<EventType> types, Consumer<EventMessage> action) {}

    EventBus(InstantSource clock, Executor executor) {
        this.clock = clock;
        this.executor = executor;
    }

    /** Adds a callback for these types, or for all if none is named; returns the id to remove it by. */
    public String add(Consumer<EventMessage> action, EventType... types) {
        Set<EventType> wanted = EnumSet.allOf(EventType.class);
        if (types.length > 0) {
            wanted.retainAll(Set.of(types));
        }
        String id = "callback-" + ids.incrementAndGet();
        callbacks.put(id, new Callback(wanted, action));
        return id;
    }

    /** Removes a callback; unknown ids are passed over. */
    public void remove(String id) {
        callbacks.remove(id);
    }

    /** The events as a stream. A subscriber that lags {@value #SUBSCRIBER_BUFFER} events behind misses some. */
    public synchronized Flow.Publisher<EventMessage> publisher() {
        SubmissionPublisher<EventMessage> stream = publisher;
        if (stream == null) {
            stream = new SubmissionPublisher<>(executor, SUBSCRIBER_BUFFER);
            publisher = stream;
            SubmissionPublisher<EventMessage> target = stream;
            add(event -> target.offer(event, (subscriber, dropped) -> false));
        }
        return stream;
    }

    boolean hasListeners() {
        return !callbacks.isEmpty();
    }

    void publish(EventType type, @Nullable InteractionType interaction, EventPayload payload, String correlationId) {
        if (!hasListeners()) {
            return;
        }
        queue.add(new EventMessage(type, Optional.ofNullable(interaction), payload, clock.instant(), correlationId));
        drain();
    }

    /** Whoever finds nothing pending delivers, until nothing is; the others only leave their event behind. */
    private void drain() {
        if (pending.getAndIncrement() != 0) {
            return;
        }
        int delivered = 0;
        do {
            EventMessage event;
            int batch = 0;
            while ((event = queue.poll()) != null) {
                deliver(event);
                batch++;
            }
            delivered = Math.max(batch, 1);
        } while (pending.addAndGet(-delivered) > 0);
    }

    private void deliver(EventMessage event) {
        for (Callback callback : callbacks.values()) {
            if (callback.types.contains(event.eventType())) {
                try {
                    callback.action.accept(event);
                } catch (RuntimeException e) {
                    LOG.warn("An event callback failed on {}; the call goes on", event.eventType(), e);
                }
            }
        }
    }

    void close() {
        SubmissionPublisher<EventMessage> stream;
        synchronized (this) {
            stream = publisher;
        }
        if (stream != null) {
            stream.close();
        }
    }
}
