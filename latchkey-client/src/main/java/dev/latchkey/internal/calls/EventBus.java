package dev.latchkey.internal.calls;

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
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
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

    /** Events that a callback which blocks keeps waiting; those beyond are dropped. */
    static final int MOST_WAITING = 10_000;

    private final InstantSource clock;
    private final Executor executor;
    private final List<Callback> callbacks = new CopyOnWriteArrayList<>();
    private final AtomicLong ids = new AtomicLong();
    private final Queue<EventMessage> queue = new LinkedBlockingQueue<>(MOST_WAITING);
    private final AtomicInteger pending = new AtomicInteger();
    private final AtomicBoolean overflowTold = new AtomicBoolean();
    private @Nullable EventStream stream;

    private record Callback(String id, Set<EventType> types, Consumer<EventMessage> action) {}

    public EventBus(InstantSource clock, Executor executor) {
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
        EventStream present = stream;
        if (present == null) {
            present = new EventStream(this::tellUntilEnded, executor, SUBSCRIBER_BUFFER);
            stream = present;
        }
        return present;
    }

    private Runnable tellUntilEnded(Consumer<EventMessage> action) {
        String id = add(action);
        return () -> remove(id);
    }

    boolean hasListeners() {
        return !callbacks.isEmpty();
    }

    /** Tells, on this thread unless another one is telling right now. */
    public void publish(
            EventType type, @Nullable InteractionType interaction, EventPayload payload, String correlationId) {
        enqueue(type, interaction, payload, correlationId);
        deliver();
    }

    /** Puts an event in its place among the others; runs no callback, so that it can be done under a lock. */
    public void enqueue(
            EventType type, @Nullable InteractionType interaction, EventPayload payload, String correlationId) {
        if (!hasListeners()) {
            return;
        }
        EventMessage event =
                new EventMessage(type, Optional.ofNullable(interaction), payload, clock.instant(), correlationId);
        if (!queue.offer(event) && overflowTold.compareAndSet(false, true)) {
            LOG.warn("An event callback blocks: {} events wait, and those that come now are dropped", MOST_WAITING);
        }
    }

    /** Whoever finds nobody delivering delivers, until nothing is left; the others only leave their events behind. */
    public void deliver() {
        if (queue.isEmpty() || pending.getAndIncrement() != 0) {
            return;
        }
        int asked = 1;
        do {
            for (EventMessage event = queue.poll(); event != null; event = queue.poll()) {
                tell(event);
            }
            overflowTold.set(false);
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

    public void close() {
        EventStream present;
        synchronized (this) {
            present = stream;
        }
        if (present != null) {
            present.close();
        }
    }
}
