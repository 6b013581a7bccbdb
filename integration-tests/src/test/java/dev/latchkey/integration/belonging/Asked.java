package dev.latchkey.integration.belonging;

import dev.latchkey.core.account.Account;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a call asked for, which its result must be.
 *
 * @param actor which application was asked
 * @param authority of which authority; null for the application's own
 * @param tenantId in which tenant; null for none in particular
 * @param account for whom; null if somebody signs in, or for nobody in particular
 * @param wish what kind of token
 */
record Asked(
        Actor actor,
        @Nullable String authority,
        @Nullable String tenantId,
        @Nullable Account account,
        Wish wish) {
    /** The issuer that was asked; empty if there is none of that name. */
    Optional<Issuer> issuer() {
        Issuer named = authority == null ? actor.own() : Places.named(authority);
        boolean hasTenants = named != null && !named.tenant().isEmpty();
        return Optional.ofNullable(tenantId != null && hasTenants ? Places.beside(named, tenantId) : named);
    }

    /** Whether the request says which tenant or policy it means. */
    boolean namesTenant() {
        return authority != null || tenantId != null;
    }
}
