package dev.latchkey.authority.oauth;

import dev.latchkey.authority.problem.OAuthException;

/** One grant type on a person's behalf: what must be presented, and what it is good for. */
interface GrantHandler {
    IssuanceContext grant(TokenCall call) throws OAuthException;
}
