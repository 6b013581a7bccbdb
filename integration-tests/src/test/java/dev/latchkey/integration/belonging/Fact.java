package dev.latchkey.integration.belonging;

import dev.latchkey.core.Scopes;
import org.jspecify.annotations.Nullable;

/**
 * The truth about a secret.
 *
 * @param kind what it is
 * @param issuer where it came from, or for whom it was made
 * @param person whom it is about; null for a client's
 * @param clientId which client it was given to
 * @param wish what it was asked for with
 * @param granted the scopes it has
 * @param code the code it was given for; empty if for anything else
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
