package dev.latchkey.spring.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.authority.Client;
import dev.latchkey.authority.LocalAuthority;
import dev.latchkey.authority.User;
import dev.latchkey.spring.boot.LatchkeyAutoConfiguration;
import dev.latchkey.spring.boot.LatchkeyWebAutoConfiguration;
import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.web.server.servlet.context.AnnotationConfigServletWebServerApplicationContext;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** An application on a real port without Spring Security: the servlet API returns the signed-in user. */
final class WithoutSecurityTest {
    private static final String ROOT = "root@contoso.example";

    @RestController
    static class Page {
        @GetMapping("/me")
        String me(HttpServletRequest request, @Nullable Principal principal) {
            String name = principal == null ? null : principal.getName();
            return request.getRemoteUser() + " " + name + " " + request.isUserInRole("admin")
                    + request.isUserInRole("owner");
        }
    }

    @Test
    void request_ofASignedInPerson_isTheirsWithTheirRoles() {
        try (LocalAuthority idp = LocalAuthority.builder()
                .client(Client.publicClient("shop").redirectUri("http://localhost/latchkey/callback"))
                .user(User.of(ROOT, "secret").claim("groups", List.of("admin")))
                .start()) {
            application(idp).run(context -> {
                Browser browser = new Browser(
                        ((AnnotationConfigServletWebServerApplicationContext) context.getSourceApplicationContext())
                                .getWebServer()
                                .getPort());
                assertThat(context).doesNotHaveBean("latchkeySecurityFilterChain");
                assertThat(browser.get("/me").body()).isEqualTo("null null falsefalse");

                browser.signIn(idp, ROOT, "User.Read");

                assertThat(browser.get("/me").body()).isEqualTo(ROOT + " " + ROOT + " truefalse");
            });
        }
    }

    private static WebApplicationContextRunner application(LocalAuthority idp) {
        return new WebApplicationContextRunner(AnnotationConfigServletWebServerApplicationContext::new)
                .withClassLoader(new FilteredClassLoader("org.springframework.security"))
                .withConfiguration(AutoConfigurations.of(
                        TomcatServletWebServerAutoConfiguration.class,
                        DispatcherServletAutoConfiguration.class,
                        WebMvcAutoConfiguration.class,
                        LatchkeyAutoConfiguration.class,
                        LatchkeyWebAutoConfiguration.class))
                .withBean(Page.class)
                .withPropertyValues(
                        "server.port=0",
                        "server.address=127.0.0.1",
                        "latchkey.client-id=shop",
                        "latchkey.web.roles-claim=groups",
                        "latchkey.authority=" + idp.oidcIssuer());
    }
}
