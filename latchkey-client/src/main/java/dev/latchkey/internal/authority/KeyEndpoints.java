package dev.latchkey.internal.authority;

import dev.latchkey.core.discovery.AuthorityKind;
import dev.latchkey.core.http.Parameters;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * Where the keys are published that may sign tokens for a client.
 *
 * @param shared for those of all clients: {@code jwks_uri}
 * @param own for those of this client alone; null if the authority has none
 */
record KeyEndpoints(URI shared, @Nullable URI own) {
    private static final String CLIENT = "appid";

    /** Entra ID: an application may have signing keys of its own, which are published only for who names its id. */
    static KeyEndpoints of(ResolvedAuthority authority, String clientId) {
        URI shared = authority.metadata().keysEndpoint().orElseThrow();
        String query = shared.getRawQuery();
        boolean mayHaveOwn = authority.authority().kind() == AuthorityKind.ENTRA
                && shared.getRawFragment() == null
                && (query == null || !query.contains(CLIENT + "="));
        if (!mayHaveOwn) {
            return new KeyEndpoints(shared, null);
        }
        String client = Parameters.builder().set(CLIENT, clientId).build().encode();
        return new KeyEndpoints(shared, URI.create(shared + (query == null ? "?" : "&") + client));
    }
}
