package dev.latchkey.spring.web;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.security.Principal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Makes {@code getUserPrincipal()} of a request return the signed-in user if Spring Security is not used. The user is
 * looked up only on demand.
 */
public final class PrincipalFilter extends OncePerRequestFilter {
    private final Principals principals;

    /** Creates a filter that uses these principals. */
    public PrincipalFilter(Principals principals) {
        this.principals = principals;
    }

    @Override
    protected boolean shouldNotFilterAsyncDispatch() {
        return false;
    }

    @Override
    protected boolean shouldNotFilterErrorDispatch() {
        return false;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        chain.doFilter(new Signed(request), response);
    }

    private final class Signed extends HttpServletRequestWrapper {
        private final SingletonSupplier<Optional<LatchkeyPrincipal>> person;

        Signed(HttpServletRequest request) {
            super(request);
            this.person = SingletonSupplier.of(() -> principals.of(request));
        }

        @Override
        public @Nullable Principal getUserPrincipal() {
            Principal present = super.getUserPrincipal();
            return present == null ? person.obtain().orElse(null) : present;
        }

        @Override
        public @Nullable String getRemoteUser() {
            Principal principal = getUserPrincipal();
            return principal == null ? null : principal.getName();
        }

        @Override
        public boolean isUserInRole(String role) {
            return super.isUserInRole(role)
                    || person.obtain().filter(it -> it.roles().contains(role)).isPresent();
        }
    }
}
