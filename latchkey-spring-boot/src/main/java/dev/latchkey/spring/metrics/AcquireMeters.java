package dev.latchkey.spring.metrics;

import dev.latchkey.EventMessage;
import dev.latchkey.EventPayload;
import dev.latchkey.InteractionType;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The timer {@code latchkey.tokens}: all calls for tokens, with the tags {@code outcome} (success, failure), {@code
 * interaction} (silent, redirect, ...), {@code source} (cache, authority, none) and {@code error} (a code, or none).
 * The time of a sign-in includes the time the user takes. Recorded from events; thread-safe.
 */
public final class AcquireMeters implements Consumer<EventMessage> {
    private static final String NAME = "latchkey.tokens";
    private static final int MOST_UNDER_WAY = 10_000;

    private final MeterRegistry registry;
    private final KnownCodes codes = new KnownCodes();

    /** The oldest are dropped: some calls never end, such as abandoned sign-ins. */
    private final Map<String, Instant> begun = Collections.synchronizedMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
            return size() > MOST_UNDER_WAY;
        }
    });

    /** Records to this registry. */
    public AcquireMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void accept(EventMessage event) {
        switch (event.eventType()) {
            case ACQUIRE_TOKEN_START -> {
                if (!event.correlationId().isEmpty()) {
                    begun.put(event.correlationId(), event.timestamp());
                }
            }
            case ACQUIRE_TOKEN_SUCCESS, ACQUIRE_TOKEN_FAILURE -> ended(event);
            default -> {}
        }
    }

    private void ended(EventMessage event) {
        // Calls without an id were answered from the cache immediately.
        Instant start = event.correlationId().isEmpty() ? null : begun.remove(event.correlationId());
        Duration took = start == null ? Duration.ZERO : Duration.between(start, event.timestamp());
        Timer.builder(NAME)
                .description("Calls for tokens")
                .tags(tags(event))
                .register(registry)
                .record(took.isNegative() ? Duration.ZERO : took);
    }

    private List<Tag> tags(EventMessage event) {
        String interaction = event.interactionType().map(InteractionType::name).orElse("none");
        boolean acquired = event.payload() instanceof EventPayload.Acquired;
        return List.of(
                Tag.of("outcome", acquired ? "success" : "failure"),
                Tag.of("interaction", interaction.toLowerCase(Locale.ROOT)),
                Tag.of("source", source(event.payload())),
                Tag.of(
                        "error",
                        event.payload() instanceof EventPayload.Failed failed
                                ? codes.bounded(failed.error().errorCode())
                                : "none"));
    }

    private static String source(EventPayload payload) {
        if (payload instanceof EventPayload.Acquired acquired) {
            return acquired.result().fromCache() ? "cache" : "authority";
        }
        return "none";
    }
}
