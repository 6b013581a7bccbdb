package dev.latchkey.integration.belonging;

import dev.latchkey.core.Scopes;
import org.jspecify.annotations.Nullable;

/**
 * The truth about a secret.
 *
 * @param kind its kind
 * @param issuer the issuer it came from, or was made for
 * @param person the user it is about; null for a client's
 * @param clientId the client that received it
 * @param wish what was requested
 * @param granted the scopes it has
 * @param code the code it was issued for; empty if it was not for a code
 */
record Fact(
        Kind kind, Issuer issuer, @Nullable Person person, String clientId, Wish wish, Scopes granted, String code) {
    static Fact of(Kind kind, Issuer issuer, @Nullable Person person, String clientId) {
        return new Fact(kind, issuer, person, clientId, Wish.NONE, Scopes.NONE, "");
    }

    /** Whether an issuer may see it. */
    boolean mayGoTo(Issuer destination) {
        return switch (kind) {
            case SESSION -> false;
            case CLIENT_SECRET, HINT -> issuer.owner().equals(destination.owner());
            default -> issuer.house().equals(destination.house());
        };
    }
}
