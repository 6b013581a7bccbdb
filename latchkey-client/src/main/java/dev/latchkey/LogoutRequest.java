package dev.latchkey;

import dev.latchkey.core.account.Account;
import java.net.URI;
import java.util.Optional;

/**
 * Who signs out, and how (OpenID Connect RP-Initiated Logout 1.0). Immutable.
 *
 * @param account who
 * @param postLogoutRedirectUri where the authority sends the person afterwards; must be registered
 * @param logoutHint tells the authority whose session ends; empty means the account's {@code login_hint} claim
 * @param state brought back to the redirect URI
 * @param revoke whether the refresh token is revoked as well, where the authority can (RFC 7009)
 * @param idTokenHint whether the ID token stands in the address, so that the authority need not ask who signs out
 */
public record LogoutRequest(
        Account account,
        Optional<URI> postLogoutRedirectUri,
        Optional<String> logoutHint,
        Optional<String> state,
        boolean revoke,
        boolean idTokenHint) {
    /** Signs an account out, revoking its refresh token. */
    public static LogoutRequest of(Account account) {
        return new LogoutRequest(account, Optional.empty(), Optional.empty(), Optional.empty(), true, true);
    }
}
