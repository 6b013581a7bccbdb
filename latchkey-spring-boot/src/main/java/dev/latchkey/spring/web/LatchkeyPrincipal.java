package dev.latchkey.spring.web;

import dev.latchkey.core.account.Account;
import java.security.Principal;
import java.util.Set;

/**
 * The person that a request is made by. In controllers a plain {@code Principal} parameter, or with Spring Security
 * {@code @AuthenticationPrincipal LatchkeyPrincipal}.
 *
 * @param account the account that the session means
 * @param roles what the roles claim of the person's ID token holds
 */
public record LatchkeyPrincipal(Account account, Set<String> roles) implements Principal {
    /** Keeps a copy. */
    public LatchkeyPrincipal {
        roles = Set.copyOf(roles);
    }

    /**
     * The person behind an account.
     *
     * @param rolesClaim the claim of the ID token that lists roles, for example {@code roles}
     */
    public static LatchkeyPrincipal of(Account account, String rolesClaim) {
        return new LatchkeyPrincipal(account, Set.copyOf(account.idTokenClaims().strings(rolesClaim)));
    }

    /** The user name; where the authority gave none, the id of the account. */
    @Override
    public String getName() {
        return account.username().isEmpty() ? account.homeAccountId() : account.username();
    }
}
