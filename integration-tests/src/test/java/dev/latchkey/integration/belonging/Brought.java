package dev.latchkey.integration.belonging;

import dev.latchkey.AuthenticationResult;
import dev.latchkey.core.Scopes;
import dev.latchkey.core.account.Account;
import org.jspecify.annotations.Nullable;

/**
 * What somebody who asked for a token was given.
 *
 * @param accessToken the token
 * @param authority which authority is said to have issued it; null if nobody says
 * @param scopes what it is said to be good for
 * @param idToken the ID token beside it; null if there is none
 * @param account whose it is said to be; null if nobody says
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
