package dev.latchkey.authority.authorize;

import dev.latchkey.authority.scope.ScopeSet;
import java.util.Optional;

/** What the client wants to get, and how it will redeem the code. */
record TokenWish(ScopeSet scopes, Optional<String> nonce, Optional<String> codeChallenge, boolean clientInfo) {}
