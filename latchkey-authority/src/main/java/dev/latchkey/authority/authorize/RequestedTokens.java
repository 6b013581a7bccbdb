package dev.latchkey.authority.authorize;

import dev.latchkey.authority.claims.RequestedClaims;
import dev.latchkey.authority.scope.ScopeSet;
import java.util.Optional;

/**
 * What the client wants to get, and how it will redeem the code.
 *
 * @param keyThumbprint the {@code dpop_jkt} of RFC 9449 section 10
 */
record RequestedTokens(
        ScopeSet scopes,
        RequestedClaims claims,
        Optional<String> nonce,
        Optional<String> codeChallenge,
        Optional<String> keyThumbprint,
        boolean clientInfo) {}
