package dev.latchkey.internal.tokens;

import dev.latchkey.AuthenticationResult;
import dev.latchkey.core.cache.AccessTokenEntry;
import dev.latchkey.core.cache.Partition;
import org.jspecify.annotations.Nullable;

/**
 * A token as one flight delivers it to all its passengers; each makes a result of its own of it.
 *
 * @param token the access token
 * @param partition what belongs to it
 * @param origin where it came from
 * @param correlationId the id of the flight's call
 */
public record Acquired(
        AccessTokenEntry token, Partition partition, AuthenticationResult.Origin origin, String correlationId) {
    public AuthenticationResult toResult(@Nullable String state) {
        return AuthenticationResult.of(token, partition, origin, correlationId, state);
    }
}
