package dev.latchkey.integration.belonging;

import dev.latchkey.core.account.Account;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a call requested, with which its result must agree.
 *
 * @param actor the application
 * @param authority the requested authority; null for the application's own
 * @param tenantId the requested tenant; null for none in particular
 * @param account the requested account; null if a user signs in, or for no particular account
 * @param wish the kind of token
 */
record Asked(
        Actor actor,
        @Nullable String authority,
        @Nullable String tenantId,
        @Nullable Account account,
        Wish wish) {
    /** The requested issuer; empty if none has that name. */
    Optional<Issuer> issuer() {
        Issuer named = authority == null ? actor.own() : Places.named(authority);
        boolean hasTenants = named != null && !named.tenant().isEmpty();
        return Optional.ofNullable(tenantId != null && hasTenants ? Places.beside(named, tenantId) : named);
    }

    /** Whether the request names a tenant or policy. */
    boolean namesTenant() {
        return authority != null || tenantId != null;
    }
}
