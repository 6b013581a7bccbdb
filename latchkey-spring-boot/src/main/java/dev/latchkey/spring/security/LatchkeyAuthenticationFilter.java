package dev.latchkey.spring.security;

import dev.latchkey.spring.web.LatchkeyPrincipal;
import dev.latchkey.spring.web.Principals;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collection;
import java.util.function.Function;
import java.util.function.Supplier;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextHolderStrategy;
import org.springframework.util.function.SingletonSupplier;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Makes the signed-in user the authentication of the request, unless it has one. Looked up on demand and never saved,
 * because Latchkey's session determines the user anew for each request.
 */
final class LatchkeyAuthenticationFilter extends OncePerRequestFilter {
    private final SecurityContextHolderStrategy holder = SecurityContextHolder.getContextHolderStrategy();
    private final Principals principals;
    private final Function<LatchkeyPrincipal, Collection<? extends GrantedAuthority>> authorities;

    LatchkeyAuthenticationFilter(
            Principals principals, Function<LatchkeyPrincipal, Collection<? extends GrantedAuthority>> authorities) {
        this.principals = principals;
        this.authorities = authorities;
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
        Supplier<SecurityContext> present = holder.getDeferredContext();
        holder.setDeferredContext(SingletonSupplier.of(() -> with(present.get(), request)));
        chain.doFilter(request, response);
    }

    private SecurityContext with(SecurityContext present, HttpServletRequest request) {
        if (present.getAuthentication() != null) {
            return present;
        }
        SecurityContext context = holder.createEmptyContext();
        principals.of(request).ifPresent(person -> context.setAuthentication(authenticated(person)));
        return context;
    }

    private LatchkeyAuthentication authenticated(LatchkeyPrincipal person) {
        return new LatchkeyAuthentication(person, authorities.apply(person));
    }
}
