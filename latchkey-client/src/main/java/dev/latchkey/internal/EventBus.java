package dev.latchkey.internal;

import dev.latchkey.EventMessage;
import dev.latchkey.EventPayload;
import dev.latchkey.EventType;
import dev.latchkey.InteractionType;
import dev.latchkey.core.PrintableFailure;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
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
    private final List<Callback> callbacks = new CopyOnWriteArrayList<>();
    private final AtomicLong ids = new AtomicLong();
    private final Queue<EventMessage> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger pending = new AtomicInteger();
    private @Nullable SubmissionPublisher<EventMessage> publisher;

    private record Callback(String id, Set<EventType> types, Consumer<EventMessage> action) {}

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
        callbacks.add(new Callback(id, wanted, action));
        return id;
    }

    /** Removes a callback; unknown ids are passed over. */
    public void remove(String id) {
        callbacks.removeIf(callback -> callback.id.equals(id));
    }

    /** The events as a stream. A subscriber that lags {@value #SUBSCRIBER_BUFFER} events behind misses some. */
    public synchronized Flow.Publisher<EventMessage> publisher() {
        SubmissionPublisher<EventMessage> stream = publisher;
        if (stream == null) {
            stream = new SubmissionPublisher<>(executor, SUBSCRIBER_BUFFER);
            publisher = stream;
            SubmissionPublisher<EventMessage> target = stream;
            add(event -> offer(target, event));
        }
        return stream;
    }

    boolean hasListeners() {
        return !callbacks.isEmpty();
    }

    /** Tells, on this thread unless another one is telling right now. */
    void publish(EventType type, @Nullable InteractionType interaction, EventPayload payload, String correlationId) {
        enqueue(type, interaction, payload, correlationId);
        deliver();
    }

    /** Puts an event in its place among the others; runs no callback, so that it can be done under a lock. */
    void enqueue(EventType type, @Nullable InteractionType interaction, EventPayload payload, String correlationId) {
        if (hasListeners()) {
            queue.add(
                    new EventMessage(type, Optional.ofNullable(interaction), payload, clock.instant(), correlationId));
        }
    }

    /** Whoever finds nobody delivering delivers, until nothing is left; the others only leave their events behind. */
    void deliver() {
        if (queue.isEmpty() || pending.getAndIncrement() != 0) {
            return;
        }
        int asked = 1;
        do {
            for (EventMessage event = queue.poll(); event != null; event = queue.poll()) {
                tell(event);
            }
            asked = pending.addAndGet(-asked);
        } while (asked != 0);
    }

    private void tell(EventMessage event) {
        for (Callback callback : callbacks) {
            if (callback.types.contains(event.eventType())) {
                try {
                    callback.action.accept(event);
                } catch (Throwable e) {
                    // An error too: one that got out here would silence the events for good.
                    LOG.warn(
                            "An event callback failed on {}; the call goes on",
                            event.eventType(),
                            PrintableFailure.of(e));
                }
            }
        }
    }

    private static void offer(SubmissionPublisher<EventMessage> stream, EventMessage event) {
        if (!stream.isClosed()) {
            stream.offer(event, (subscriber, dropped) -> false);
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
