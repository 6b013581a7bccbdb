package dev.latchkey.core.cache;

import dev.latchkey.core.account.Account;
import org.jspecify.annotations.Nullable;

/**
 * Everything that one answer of a token endpoint stores. A part that is absent, because the answer had none or because
 * the request did not want it stored, leaves what is there.
 *
 * @param account whom the answer is about
 * @param idToken the verified ID token
 * @param accessToken the access token
 * @param refreshToken the refresh token; it takes the place of its predecessor
 * @param appMetadata what the answer said about the client's family
 */
public record TokenRecord(
        @Nullable Account account,
        @Nullable IdTokenEntry idToken,
        @Nullable AccessTokenEntry accessToken,
        @Nullable RefreshTokenEntry refreshToken,
        @Nullable AppMetadata appMetadata) {
    /** Stores nothing. */
    public static final TokenRecord NOTHING = new TokenRecord(null, null, null, null, null);

    /** Whether there is nothing to store. */
    public boolean isEmpty() {
        return equals(NOTHING);
    }
}
