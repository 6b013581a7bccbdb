package dev.latchkey.spring.security;

import dev.latchkey.spring.web.LatchkeyPrincipal;
import dev.latchkey.spring.web.Principals;
import dev.latchkey.web.LatchkeyWeb;
import java.util.Collection;
import org.springframework.context.ApplicationContext;
import org.springframework.http.HttpStatus;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configurers.AbstractHttpConfigurer;
import org.springframework.security.config.annotation.web.configurers.CsrfConfigurer;
import org.springframework.security.config.annotation.web.configurers.ExceptionHandlingConfigurer;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.authority.mapping.GrantedAuthoritiesMapper;
import org.springframework.security.web.authentication.AnonymousAuthenticationFilter;
import org.springframework.security.web.authentication.HttpStatusEntryPoint;

/**
 * Adds Latchkey to your own filter chain: {@code http.with(LatchkeyHttpConfigurer.latchkey(), withDefaults())}.
 *
 * <p>The signed-in user becomes the request's authentication, with one {@code ROLE_} authority per value of the roles
 * claim; a {@link GrantedAuthoritiesMapper} bean can map them to others. Latchkey's endpoints are exempt from the CSRF
 * check because they have their own. <b>You</b> must permit them: {@code requestMatchers("/latchkey/**").permitAll()}.
 * Unauthenticated requests get 401. The filter is placed before {@link AnonymousAuthenticationFilter}.
 */
public final class LatchkeyHttpConfigurer extends AbstractHttpConfigurer<LatchkeyHttpConfigurer, HttpSecurity> {
    private LatchkeyHttpConfigurer() {}

    /** Creates the configurer; it takes what it needs from the application context. */
    public static LatchkeyHttpConfigurer latchkey() {
        return new LatchkeyHttpConfigurer();
    }

    @Override
    @SuppressWarnings("unchecked")
    public void init(HttpSecurity http) {
        String endpoints = context(http).getBean(LatchkeyWeb.class).pathPrefix() + "/**";
        CsrfConfigurer<HttpSecurity> csrf = http.getConfigurer(CsrfConfigurer.class);
        if (csrf != null) {
            csrf.ignoringRequestMatchers(endpoints);
        }
        ExceptionHandlingConfigurer<HttpSecurity> failures = http.getConfigurer(ExceptionHandlingConfigurer.class);
        if (failures != null) {
            failures.defaultAuthenticationEntryPointFor(
                    new HttpStatusEntryPoint(HttpStatus.UNAUTHORIZED), request -> true);
        }
    }

    @Override
    public void configure(HttpSecurity http) {
        Principals principals = context(http).getBean(Principals.class);
        GrantedAuthoritiesMapper mapper =
                context(http).getBeanProvider(GrantedAuthoritiesMapper.class).getIfAvailable(() -> all -> all);
        http.addFilterBefore(
                new LatchkeyAuthenticationFilter(principals, person -> mapper.mapAuthorities(roles(person))),
                AnonymousAuthenticationFilter.class);
    }

    private static Collection<? extends GrantedAuthority> roles(LatchkeyPrincipal person) {
        return person.roles().stream()
                .map(role -> new SimpleGrantedAuthority("ROLE_" + role))
                .toList();
    }

    private static ApplicationContext context(HttpSecurity http) {
        return http.getSharedObject(ApplicationContext.class);
    }
}
