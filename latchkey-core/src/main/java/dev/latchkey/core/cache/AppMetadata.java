package dev.latchkey.core.cache;

import dev.latchkey.core.PrintableText;
import org.jspecify.annotations.Nullable;

/**
 * What the authority said about a client when it answered with a refresh token.
 *
 * @param clientId the client
 * @param familyId the family whose refresh tokens it shares; null if it is known to be in none
 */
public record AppMetadata(String clientId, @Nullable String familyId) {
    /** An empty family is none. */
    public AppMetadata {
        familyId = familyId == null || familyId.isEmpty() ? null : familyId;
    }

    @Override
    public String toString() {
        return PrintableText.of("AppMetadata[" + clientId + ", family " + familyId + "]");
    }
}
