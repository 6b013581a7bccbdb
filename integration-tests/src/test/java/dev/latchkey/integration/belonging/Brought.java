package dev.latchkey.integration.belonging;

import dev.latchkey.AuthenticationResult;
import dev.latchkey.core.Scopes;
import dev.latchkey.core.account.Account;
import org.jspecify.annotations.Nullable;

/**
 * The result of a token request.
 *
 * @param accessToken the token
 * @param authority the stated issuing authority; null if none is stated
 * @param scopes the stated scopes
 * @param idToken the ID token with it; null if there is none
 * @param account the stated account; null if none is stated
 */
record Brought(
        String accessToken,
        @Nullable String authority,
        Scopes scopes,
        @Nullable String idToken,
        @Nullable Account account) {
    static Brought of(AuthenticationResult result) {
        return new Brought(
                result.accessToken(),
                result.authority(),
                result.scopes(),
                result.idToken().orElse(null),
                result.account().orElse(null));
    }
}
