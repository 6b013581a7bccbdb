package dev.latchkey.internal.authority;

import dev.latchkey.core.account.ClientInfo;
import dev.latchkey.core.idtoken.VerifiedIdToken;
import dev.latchkey.core.json.JsonObject;
import dev.latchkey.core.token.TokenResponse;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An answer of a token endpoint with everything checked.
 *
 * @param response the answer
 * @param idToken its ID token, verified; null if it had none
 * @param userInfo who signed in, as the user info endpoint says, at an authority without ID tokens; else null
 * @param clientInfo its {@code client_info}, decoded; null if it had none
 * @param askedAt when the request was sent: lives count from there
 */
public record TokenGrant(
        TokenResponse response,
        @Nullable VerifiedIdToken idToken,
        @Nullable JsonObject userInfo,
        @Nullable ClientInfo clientInfo,
        Instant askedAt) {
    /** The same, with what user info says. */
    TokenGrant identifiedBy(JsonObject info) {
        return new TokenGrant(response, idToken, info, clientInfo, askedAt);
    }

    /**
     * What is known about who signed in.
     *
     * @throws IllegalStateException if nothing is, as after a refresh
     */
    public JsonObject claims() {
        if (idToken == null && userInfo == null) {
            throw new IllegalStateException("an account needs an ID token or user info");
        }
        return idToken == null ? Objects.requireNonNull(userInfo) : idToken.claims();
    }
}
