package dev.latchkey.spring.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.security.config.Customizer.withDefaults;

import dev.latchkey.authority.Client;
import dev.latchkey.authority.LocalAuthority;
import dev.latchkey.authority.User;
import dev.latchkey.spring.security.LatchkeyHttpConfigurer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.TestConfiguration;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/**
 * An application with its own filter chain: roles from the ID token, and CSRF checks except for Latchkey's endpoints.
 */
@SpringBootTest(
        classes = {SampleApplication.class, OwnFilterChainTest.Chain.class},
        webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT,
        properties = {"latchkey.client-id=shop", "latchkey.web.roles-claim=groups", "server.address=127.0.0.1"})
final class OwnFilterChainTest {
    private static final LocalAuthority IDP = LocalAuthority.builder()
            .client(Client.publicClient("shop").redirectUri("http://localhost/latchkey/callback"))
            .user(User.of("root@contoso.example", "secret").claim("groups", List.of("admin")))
            .user(User.of("alice@contoso.example", "secret"))
            .start();

    private final int port;

    OwnFilterChainTest(@LocalServerPort int port) {
        this.port = port;
    }

    @TestConfiguration(proxyBeanMethods = false)
    static class Chain {
        @Bean
        SecurityFilterChain chain(HttpSecurity http) throws Exception {
            return http.authorizeHttpRequests(requests -> requests.requestMatchers("/latchkey/**")
                            .permitAll()
                            .requestMatchers("/admin/**")
                            .hasRole("admin")
                            .anyRequest()
                            .authenticated())
                    .with(LatchkeyHttpConfigurer.latchkey(), withDefaults())
                    .build();
        }
    }

    @DynamicPropertySource
    static void addresses(DynamicPropertyRegistry registry) {
        registry.add("latchkey.authority", IDP::oidcIssuer);
    }

    @AfterAll
    static void stop() {
        IDP.close();
    }

    @Test
    void role_ofThePerson_decides() {
        Browser alice = new Browser(port);
        Browser root = new Browser(port);
        assertThat(alice.get("/admin/page").statusCode()).isEqualTo(401);

        alice.signIn(IDP, "alice@contoso.example", "User.Read");
        root.signIn(IDP, "root@contoso.example", "User.Read");

        assertThat(alice.get("/admin/page").statusCode()).isEqualTo(403);
        assertThat(root.get("/admin/page").body()).isEqualTo("for admins");
    }

    @Test
    void signOut_ofTheSession_endsTheAuthentication() {
        Browser alice = new Browser(port);
        alice.signIn(IDP, "alice@contoso.example", "User.Read");
        assertThat(alice.get("/who").statusCode()).isEqualTo(200);

        assertThat(alice.post("/latchkey/clear", Map.of()).statusCode()).isEqualTo(200);

        assertThat(alice.get("/who").statusCode()).isEqualTo(401);
    }

    @Test
    void csrf_ofOtherPaths_isCheckedAsEver() {
        Browser alice = new Browser(port);
        alice.signIn(IDP, "alice@contoso.example", "User.Read");

        assertThat(alice.post("/who", Map.of()).statusCode()).isEqualTo(403);
    }
}
