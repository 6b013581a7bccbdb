package dev.latchkey.core.cache;

import dev.latchkey.core.PrintableText;
import dev.latchkey.core.Secret;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * A cached refresh token. It belongs to no tenant: it gets the first token of another one.
 *
 * @param clientId the client it was issued to
 * @param familyId the family of clients that may all use it ({@code foci}), or null
 * @param secret the token
 * @param expiresOn when it expires, if the authority said so; whole seconds
 */
public record RefreshTokenEntry(
        String clientId,
        @Nullable String familyId,
        Secret secret,
        @Nullable Instant expiresOn) {
    /** Cuts the expiry to whole seconds; an empty family is none. */
    public RefreshTokenEntry {
        familyId = familyId == null || familyId.isEmpty() ? null : familyId;
        expiresOn = expiresOn == null ? null : expiresOn.truncatedTo(ChronoUnit.SECONDS);
    }

    /** Whether one takes the other's place: tokens of one family, or else of one client. */
    boolean isSameKindAs(RefreshTokenEntry other) {
        return familyId == null
                ? other.familyId == null && clientId.equals(other.clientId)
                : familyId.equals(other.familyId);
    }

    @Override
    public String toString() {
        return PrintableText.of(
                "RefreshTokenEntry[" + clientId + ", family " + familyId + ", until " + expiresOn + "]");
    }
}
