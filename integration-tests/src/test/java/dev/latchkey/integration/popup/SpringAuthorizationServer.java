package dev.latchkey.integration.popup;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.proc.SecurityContext;
import jakarta.servlet.DispatcherType;
import java.net.URI;
import java.util.EnumSet;
import org.eclipse.jetty.ee10.servlet.FilterHolder;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.EnableWebSecurity;
import org.springframework.security.config.annotation.web.configuration.OAuth2AuthorizationServerConfiguration;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.server.authorization.client.InMemoryRegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.AuthorizationServerSettings;
import org.springframework.security.oauth2.server.authorization.settings.TokenSettings;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.context.support.AnnotationConfigWebApplicationContext;
import org.springframework.web.filter.DelegatingFilterProxy;

/**
 * Spring Authorization Server in Jetty on a free loopback port, with its own pages and its defaults, except that refresh
 * tokens rotate and there are device codes. The user is {@code alice}.
 */
final class SpringAuthorizationServer implements AutoCloseable {
    static final String PASSWORD = "secret";
    static final String PUBLIC_CLIENT_ID = "public-app";
    static final String CONFIDENTIAL_CLIENT_ID = "confidential-app";
    static final String SECRET = "s3cret+of/the app & more";

    private final Server server = new Server();
    private final AnnotationConfigWebApplicationContext context = new AnnotationConfigWebApplicationContext();
    private final URI issuer;

    private SpringAuthorizationServer() throws Exception {
        ServerConnector connector = new ServerConnector(server);
        connector.setHost("127.0.0.1");
        server.addConnector(connector);
        ServletContextHandler site = new ServletContextHandler(ServletContextHandler.SESSIONS);
        context.setServletContext(site.getServletContext());
        context.register(Provider.class);
        context.refresh();
        FilterHolder security = new FilterHolder(new DelegatingFilterProxy("springSecurityFilterChain", context));
        site.addFilter(security, "/*", EnumSet.of(DispatcherType.REQUEST));
        server.setHandler(site);
        server.start();
        issuer = URI.create("http://127.0.0.1:" + connector.getLocalPort());
    }

    static SpringAuthorizationServer start() {
        try {
            return new SpringAuthorizationServer();
        } catch (Exception e) {
            throw new IllegalStateException("Spring Authorization Server did not start", e);
        }
    }

    URI issuer() {
        return issuer;
    }

    @Override
    public void close() {
        try {
            server.stop();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        } finally {
            context.close();
        }
    }

    @Configuration
    @EnableWebSecurity
    static class Provider {
        @Bean
        SecurityFilterChain pages(HttpSecurity http) {
            return http.authorizeHttpRequests(requests -> requests.anyRequest().authenticated())
                    .oauth2AuthorizationServer(server -> server.oidc(Customizer.withDefaults())
                            .deviceAuthorizationEndpoint(Customizer.withDefaults())
                            .deviceVerificationEndpoint(Customizer.withDefaults()))
                    .formLogin(Customizer.withDefaults())
                    .build();
        }

        @Bean
        AuthorizationServerSettings settings() {
            return AuthorizationServerSettings.builder().build();
        }

        @Bean
        RegisteredClientRepository clients() {
            return new InMemoryRegisteredClientRepository(
                    client(PUBLIC_CLIENT_ID)
                            .clientAuthenticationMethod(ClientAuthenticationMethod.NONE)
                            .build(),
                    client(CONFIDENTIAL_CLIENT_ID)
                            .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                            .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_POST)
                            .clientSecret("{noop}" + SECRET)
                            .authorizationGrantType(AuthorizationGrantType.DEVICE_CODE)
                            .build());
        }

        @Bean
        UserDetailsService users() {
            return new InMemoryUserDetailsManager(
                    User.withUsername("alice").password("{noop}" + PASSWORD).build());
        }

        @Bean
        JWKSource<SecurityContext> keys() throws JOSEException {
            RSAKey key = new RSAKeyGenerator(2048).keyID("key").generate();
            return new ImmutableJWKSet<>(new JWKSet(key));
        }

        @Bean
        JwtDecoder decoder(JWKSource<SecurityContext> keys) {
            return OAuth2AuthorizationServerConfiguration.jwtDecoder(keys);
        }

        private static RegisteredClient.Builder client(String clientId) {
            return RegisteredClient.withId(clientId)
                    .clientId(clientId)
                    .authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
                    .authorizationGrantType(AuthorizationGrantType.REFRESH_TOKEN)
                    .redirectUri("http://127.0.0.1/callback")
                    .postLogoutRedirectUri("http://127.0.0.1/signed-out")
                    .scope("openid")
                    .scope("profile")
                    .scope("email")
                    .tokenSettings(
                            TokenSettings.builder().reuseRefreshTokens(false).build());
        }
    }
}
