package dev.latchkey.spring.boot;

import static org.springframework.security.config.Customizer.withDefaults;

import dev.latchkey.spring.security.LatchkeyHttpConfigurer;
import dev.latchkey.web.LatchkeyWeb;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.security.autoconfigure.actuate.web.servlet.EndpointRequest;
import org.springframework.context.annotation.Bean;
import org.springframework.core.annotation.Order;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.security.web.util.matcher.RequestMatcher;
import org.springframework.util.ClassUtils;

/**
 * Auto-configures a filter chain if Spring Security is present and the program defines none: the start page and
 * Latchkey's endpoints are public, everything else requires sign-in.
 */
@AutoConfiguration(
        after = LatchkeyWebAutoConfiguration.class,
        afterName = "org.springframework.boot.security.autoconfigure.SecurityAutoConfiguration",
        beforeName = {
            "org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration",
            "org.springframework.boot.security.autoconfigure.actuate.web.servlet.ManagementWebSecurityAutoConfiguration"
        })
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass({SecurityFilterChain.class, HttpSecurity.class, LatchkeyWeb.class})
@ConditionalOnBean(LatchkeyWeb.class)
@ConditionalOnMissingBean(SecurityFilterChain.class)
public final class LatchkeySecurityAutoConfiguration {
    /** The same order as the chain that it replaces. */
    private static final int LATE = Integer.MAX_VALUE - 5;

    LatchkeySecurityAutoConfiguration() {}

    @Bean
    @Order(LATE)
    SecurityFilterChain latchkeySecurityFilterChain(HttpSecurity http, LatchkeyWeb web) throws Exception {
        return http.authorizeHttpRequests(requests -> requests.requestMatchers(
                                web.pathPrefix() + "/**", "/", "/index.html", "/favicon.ico", "/error")
                        .permitAll()
                        .requestMatchers(health())
                        .permitAll()
                        .anyRequest()
                        .authenticated())
                .with(LatchkeyHttpConfigurer.latchkey(), withDefaults())
                .build();
    }

    /** As in Spring Boot's own chain, which this one replaces: monitoring does not sign in. */
    private static RequestMatcher health() {
        boolean actuator = ClassUtils.isPresent("org.springframework.boot.health.actuate.endpoint.HealthEndpoint", null)
                && ClassUtils.isPresent("org.springframework.boot.actuate.endpoint.annotation.Endpoint", null);
        return actuator ? EndpointRequest.to("health") : request -> false;
    }
}
