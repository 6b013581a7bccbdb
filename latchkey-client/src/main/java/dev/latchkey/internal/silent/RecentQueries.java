package dev.latchkey.internal.silent;

import dev.latchkey.core.Scopes;
import dev.latchkey.core.cache.AccessTokenQuery;
import org.jspecify.annotations.Nullable;

/**
 * The last cache look-ups of an application, which asks for the same few in every call. A look-up is immutable, so a
 * race costs at most an allocation.
 */
final class RecentQueries {
    private static final int SLOTS = 16;

    private final String clientId;
    private final Scopes defaults;
    private final @Nullable AccessTokenQuery[] slots = new AccessTokenQuery[SLOTS];

    RecentQueries(String clientId, Scopes defaults) {
        this.clientId = clientId;
        this.defaults = defaults;
    }

    AccessTokenQuery of(String realm, Scopes scopes, @Nullable String resource, @Nullable String variant) {
        int slot = (scopes.hashCode() ^ realm.hashCode()) & SLOTS - 1;
        AccessTokenQuery last = slots[slot];
        if (last == null || !last.isFor(realm, scopes, resource, variant)) {
            last = AccessTokenQuery.of(clientId, realm, scopes, defaults)
                    .resource(resource)
                    .variant(variant);
            slots[slot] = last;
        }
        return last;
    }
}
