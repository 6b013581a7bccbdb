package dev.latchkey;

import java.time.Instant;
import java.util.Optional;

/**
 * One event.
 *
 * @param eventType what happened
 * @param interactionType how the token is being acquired, where the event is about that
 * @param payload what it is about
 * @param timestamp when
 * @param correlationId the id of the call, empty if it has none
 */
public record EventMessage(
        EventType eventType,
        Optional<InteractionType> interactionType,
        EventPayload payload,
        Instant timestamp,
        String correlationId) {}
