package dev.latchkey;

import java.time.Instant;
import java.util.Optional;

/**
 * One event.
 *
 * @param eventType the type of the event
 * @param interactionType how the token is being acquired, if the event concerns that
 * @param payload the details
 * @param timestamp when it happened
 * @param correlationId the correlation id of the call, empty if it has none
 */
public record EventMessage(
        EventType eventType,
        Optional<InteractionType> interactionType,
        EventPayload payload,
        Instant timestamp,
        String correlationId) {}
