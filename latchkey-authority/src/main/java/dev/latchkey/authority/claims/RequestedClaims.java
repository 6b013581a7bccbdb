package dev.latchkey.authority.claims;

import java.util.Set;

/** Claims of {@link PersonClaims} that a client asked for by name, besides those that its scopes give. */
public record RequestedClaims(Set<String> idToken, Set<String> userInfo) {
    /** None. */
    public static final RequestedClaims NONE = new RequestedClaims(Set.of(), Set.of());

    public RequestedClaims {
        idToken = Set.copyOf(idToken);
        userInfo = Set.copyOf(userInfo);
    }
}
