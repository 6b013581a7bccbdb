package dev.latchkey.spring.web;

import dev.latchkey.core.account.Account;
import java.security.Principal;
import java.util.Set;

/**
 * The signed-in user of a request. Available to controllers as a plain {@code Principal} parameter, or with Spring
 * Security as {@code @AuthenticationPrincipal LatchkeyPrincipal}.
 *
 * @param account the session's current account
 * @param roles the values of the roles claim in the user's ID token
 */
public record LatchkeyPrincipal(Account account, Set<String> roles) implements Principal {
    /** Copies the roles. */
    public LatchkeyPrincipal {
        roles = Set.copyOf(roles);
    }

    /**
     * Creates the principal of an account.
     *
     * @param rolesClaim the claim of the ID token that lists roles, for example {@code roles}
     */
    public static LatchkeyPrincipal of(Account account, String rolesClaim) {
        return new LatchkeyPrincipal(account, Set.copyOf(account.idTokenClaims().strings(rolesClaim)));
    }

    /** The user name, or the id of the account if the authority supplied no user name. */
    @Override
    public String getName() {
        return account.username().isEmpty() ? account.homeAccountId() : account.username();
    }
}
