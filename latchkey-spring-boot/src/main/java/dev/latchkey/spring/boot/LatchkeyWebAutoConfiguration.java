package dev.latchkey.spring.boot;

import dev.latchkey.ClientApplication;
import dev.latchkey.spring.http.SessionTokens;
import dev.latchkey.spring.http.TokenSource;
import dev.latchkey.spring.web.CurrentSession;
import dev.latchkey.spring.web.PrincipalFilter;
import dev.latchkey.spring.web.Principals;
import dev.latchkey.spring.web.SessionArguments;
import dev.latchkey.store.TokenStore;
import dev.latchkey.web.LatchkeyServlet;
import dev.latchkey.web.LatchkeyWeb;
import dev.latchkey.web.LatchkeyWebBuilder;
import java.net.URI;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Auto-configures the web endpoints, and access to the signed-in user for controllers and filters. */
@AutoConfiguration(after = LatchkeyAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass(LatchkeyWeb.class)
@ConditionalOnProperty(name = "latchkey.web.enabled", matchIfMissing = true)
public final class LatchkeyWebAutoConfiguration {
    LatchkeyWebAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean
    LatchkeyWeb latchkeyWeb(
            ClientApplication application,
            LatchkeyProperties properties,
            ObjectProvider<TokenStore> store,
            ObjectProvider<LatchkeyWebCustomizer> customizers) {
        LatchkeyWebBuilder builder = LatchkeyWeb.builder(application);
        apply(properties.web(), builder);
        store.ifAvailable(builder::sessionStore);
        customizers.orderedStream().forEach(customizer -> customizer.customize(builder));
        return builder.build();
    }

    private static void apply(LatchkeyProperties.Web web, LatchkeyWebBuilder builder) {
        Checked.property("latchkey.web.path-prefix", web.pathPrefix(), () -> builder.pathPrefix(web.pathPrefix()));
        Checked.property(
                "latchkey.web.session-timeout",
                web.sessionTimeout(),
                () -> builder.sessionTimeout(web.sessionTimeout()));
        URI site = web.publicUri();
        if (site != null) {
            Checked.property("latchkey.web.public-uri", site, () -> builder.publicUri(site));
        }
        Checked.property(
                "latchkey.web.response-mode", web.responseMode(), () -> builder.responseMode(web.responseMode()));
        if (web.tokensStayOnServer()) {
            builder.tokensStayOnServer();
        }
        if (web.allowOtherTenants()) {
            builder.allowOtherTenants();
        }
    }

    @Bean
    @ConditionalOnMissingBean(name = "latchkeyServlet")
    ServletRegistrationBean<LatchkeyServlet> latchkeyServlet(LatchkeyWeb web) {
        ServletRegistrationBean<LatchkeyServlet> servlet =
                new ServletRegistrationBean<>(web.servlet(), web.pathPrefix() + "/*");
        servlet.setName("latchkey");
        servlet.setAsyncSupported(true);
        return servlet;
    }

    @Bean
    CurrentSession latchkeyCurrentSession(LatchkeyWeb web) {
        return new CurrentSession(web);
    }

    @Bean
    Principals latchkeyPrincipals(CurrentSession sessions, LatchkeyProperties properties) {
        return new Principals(sessions, properties.web().rolesClaim());
    }

    @Bean
    @ConditionalOnMissingBean
    TokenSource latchkeyTokens(ClientApplication application, CurrentSession sessions) {
        return new SessionTokens(application, sessions);
    }

    @Bean
    @ConditionalOnMissingClass("org.springframework.security.web.SecurityFilterChain")
    FilterRegistrationBean<PrincipalFilter> latchkeyPrincipalFilter(Principals principals) {
        return new FilterRegistrationBean<>(new PrincipalFilter(principals));
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(WebMvcConfigurer.class)
    static class Controllers {
        @Bean
        WebMvcConfigurer latchkeyControllerArguments(CurrentSession sessions) {
            return new WebMvcConfigurer() {
                @Override
                public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
                    resolvers.add(new SessionArguments(sessions));
                }
            };
        }
    }
}
