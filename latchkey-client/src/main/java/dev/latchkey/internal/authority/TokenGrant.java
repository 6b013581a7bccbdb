package dev.latchkey.internal.authority;

import dev.latchkey.core.account.ClientInfo;
import dev.latchkey.core.idtoken.VerifiedIdToken;
import dev.latchkey.core.token.TokenResponse;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An answer of a token endpoint with everything checked.
 *
 * @param response the answer
 * @param idToken its ID token, verified; null if it had none
 * @param clientInfo its {@code client_info}, decoded; null if it had none
 * @param askedAt when the request was sent: lives count from there
 */
public record TokenGrant(
        TokenResponse response,
        @Nullable VerifiedIdToken idToken,
        @Nullable ClientInfo clientInfo,
        Instant askedAt) {}
