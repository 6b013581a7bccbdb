package dev.latchkey.spring.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.spring.http.ApplicationTokens;
import dev.latchkey.spring.http.SessionTokens;
import dev.latchkey.spring.http.TokenSource;
import dev.latchkey.spring.web.PrincipalFilter;
import dev.latchkey.web.LatchkeyServlet;
import dev.latchkey.web.LatchkeyWeb;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.client.RestClient;

final class LatchkeyWebAutoConfigurationTest {
    private static final AutoConfigurations ALL = AutoConfigurations.of(
            LatchkeyAutoConfiguration.class,
            LatchkeyWebAutoConfiguration.class,
            LatchkeyHttpAutoConfiguration.class,
            LatchkeyMetricsAutoConfiguration.class,
            LatchkeySecurityAutoConfiguration.class);

    private final WebApplicationContextRunner runner = new WebApplicationContextRunner()
            .withConfiguration(ALL)
            .withClassLoader(new FilteredClassLoader(SecurityFilterChain.class))
            .withPropertyValues("latchkey.client-id=shop");

    @Test
    void endpoints_byDefault_areUnderLatchkey() {
        runner.run(context -> {
            ServletRegistrationBean<?> servlet = context.getBean(ServletRegistrationBean.class);

            assertThat(servlet.getServlet()).isInstanceOf(LatchkeyServlet.class);
            assertThat(servlet.getUrlMappings()).containsExactly("/latchkey/*");
            assertThat(servlet.isAsyncSupported()).isTrue();
            assertThat(context.getBean(TokenSource.class)).isInstanceOf(SessionTokens.class);
        });
    }

    @Test
    void endpoints_underAnotherPrefix_areThere() {
        runner.withPropertyValues("latchkey.web.path-prefix=/app/auth").run(context -> {
            assertThat(context.getBean(LatchkeyWeb.class).pathPrefix()).isEqualTo("/app/auth");
            ServletRegistrationBean<?> servlet = context.getBean(ServletRegistrationBean.class);
            assertThat(servlet.getUrlMappings()).containsExactly("/app/auth/*");
        });
    }

    @Test
    void endpoints_switchedOff_areNot() {
        runner.withPropertyValues("latchkey.web.enabled=false").run(context -> {
            assertThat(context).doesNotHaveBean(LatchkeyWeb.class).doesNotHaveBean(ServletRegistrationBean.class);
            assertThat(context.getBean(TokenSource.class)).isInstanceOf(ApplicationTokens.class);
        });
    }

    @Test
    void endpoints_withoutTheirArtifact_areNot() {
        runner.withClassLoader(new FilteredClassLoader("dev.latchkey.web", "org.springframework.security"))
                .run(context -> assertThat(context)
                        .hasNotFailed()
                        .doesNotHaveBean(ServletRegistrationBean.class)
                        .hasSingleBean(ApplicationTokens.class));
    }

    @Test
    void endpoints_inAProgramWithoutWeb_areNot() {
        new ApplicationContextRunner()
                .withConfiguration(ALL)
                .withPropertyValues("latchkey.client-id=shop")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(LatchkeyWeb.class));
    }

    @Test
    void customizer_ofTheFront_hasTheLastWord() {
        runner.withBean(LatchkeyWebCustomizer.class, () -> builder -> builder.pathPrefix("/mine"))
                .run(context -> assertThat(context.getBean(LatchkeyWeb.class).pathPrefix())
                        .isEqualTo("/mine"));
    }

    @ParameterizedTest
    @CsvSource({
        "latchkey.web.path-prefix=latchkey/,latchkey.web.path-prefix",
        "latchkey.web.session-timeout=0s,latchkey.web.session-timeout",
        "latchkey.web.response-mode=fragment,latchkey.web.response-mode",
        "latchkey.web.public-uri=/there,latchkey.web.public-uri",
        "latchkey.protected-resources[0].scopes=x,latchkey.protected-resources[0].uri",
        "latchkey.protected-resources[0].uri=http://api.example,latchkey.protected-resources[0].uri",
    })
    void start_withAValueThatCannotBe_namesTheProperty(String pair, String property) {
        runner.withPropertyValues(pair)
                .run(context ->
                        assertThat(context.getStartupFailure()).rootCause().hasMessageContaining(property));
    }

    @Test
    void principal_withoutSpringSecurity_comesByAFilter() {
        runner.run(context -> assertThat(
                        context.getBean(FilterRegistrationBean.class).getFilter())
                .isInstanceOf(PrincipalFilter.class));
    }

    @Test
    void principal_withSpringSecurity_comesByItsChain() {
        runner.withClassLoader(Thread.currentThread().getContextClassLoader())
                .withConfiguration(AutoConfigurations.of(
                        org.springframework.boot.security.autoconfigure.SecurityAutoConfiguration.class,
                        org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration
                                .class))
                .run(context -> assertThat(context)
                        .hasBean("latchkeySecurityFilterChain")
                        .doesNotHaveBean("latchkeyPrincipalFilter"));
    }

    @Test
    void outgoingCalls_withoutRestClient_needNothing() {
        runner.withClassLoader(new FilteredClassLoader(RestClient.class, SecurityFilterChain.class))
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean("latchkeyRestClientInterceptor"));
    }
}
