package dev.latchkey.core.cache;

import dev.latchkey.core.PrintableText;
import dev.latchkey.core.Secret;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A cached refresh token. It belongs to no tenant: it gets the first token of another one.
 *
 * @param clientId the client it was issued to
 * @param familyId the family of clients that may all use it ({@code foci}), or null
 * @param secret the token
 * @param expiresOn when it expires, if the authority said so; whole seconds
 * @param resource the resource that the user granted it for (RFC 8707 section 2.2), or null if none was named
 */
public record RefreshTokenEntry(
        String clientId,
        @Nullable String familyId,
        Secret secret,
        @Nullable Instant expiresOn,
        @Nullable String resource) {
    /** Cuts the expiry to whole seconds; an empty family is none. */
    public RefreshTokenEntry {
        familyId = familyId == null || familyId.isEmpty() ? null : familyId;
        expiresOn = expiresOn == null ? null : expiresOn.truncatedTo(ChronoUnit.SECONDS);
    }

    /** One for which no resource was named. */
    public RefreshTokenEntry(String clientId, @Nullable String familyId, Secret secret, @Nullable Instant expiresOn) {
        this(clientId, familyId, secret, expiresOn, null);
    }

    /** Whether one takes the other's place: tokens of one family, or else of one client, for the same resource. */
    boolean isSameKindAs(RefreshTokenEntry other) {
        boolean isSameHolder = familyId == null
                ? other.familyId == null && clientId.equals(other.clientId)
                : familyId.equals(other.familyId);
        return isSameHolder && Objects.equals(resource, other.resource);
    }

    @Override
    public String toString() {
        return PrintableText.of("RefreshTokenEntry[" + clientId + ", family " + familyId + ", until " + expiresOn
                + (resource == null ? "" : ", for " + resource) + "]");
    }
}
