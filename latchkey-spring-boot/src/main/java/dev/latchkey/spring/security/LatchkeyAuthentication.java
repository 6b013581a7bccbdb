package dev.latchkey.spring.security;

import dev.latchkey.spring.web.LatchkeyPrincipal;
import java.util.Collection;
import org.jspecify.annotations.Nullable;
import org.springframework.security.authentication.AbstractAuthenticationToken;
import org.springframework.security.core.GrantedAuthority;

/**
 * The authentication of a user who signed in through Latchkey. Lasts for one request, because Latchkey keeps the
 * session. Holds no token.
 */
public final class LatchkeyAuthentication extends AbstractAuthenticationToken {
    private static final long serialVersionUID = 1L;

    private final transient LatchkeyPrincipal principal;

    /** Creates an authentication that is already authenticated. */
    public LatchkeyAuthentication(LatchkeyPrincipal principal, Collection<? extends GrantedAuthority> authorities) {
        super(authorities);
        this.principal = principal;
        super.setAuthenticated(true);
    }

    @Override
    public LatchkeyPrincipal getPrincipal() {
        return principal;
    }

    @Override
    public @Nullable Object getCredentials() {
        return null;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof LatchkeyAuthentication that && super.equals(that) && principal.equals(that.principal);
    }

    @Override
    public int hashCode() {
        return principal.hashCode();
    }
}
