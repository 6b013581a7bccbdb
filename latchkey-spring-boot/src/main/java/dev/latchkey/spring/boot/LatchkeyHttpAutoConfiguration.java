package dev.latchkey.spring.boot;

import dev.latchkey.ClientApplication;
import dev.latchkey.core.Scopes;
import dev.latchkey.spring.http.ApplicationTokens;
import dev.latchkey.spring.http.LatchkeyExchangeFilter;
import dev.latchkey.spring.http.LatchkeyRestClientInterceptor;
import dev.latchkey.spring.http.ProtectedConnector;
import dev.latchkey.spring.http.ProtectedRequestFactory;
import dev.latchkey.spring.http.ProtectedResource;
import dev.latchkey.spring.http.ProtectedResources;
import dev.latchkey.spring.http.TokenSource;
import dev.latchkey.spring.metrics.AcquireConvention;
import dev.latchkey.spring.metrics.ObservedTokens;
import io.micrometer.observation.ObservationRegistry;
import java.net.URI;
import java.util.List;
import java.util.stream.IntStream;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.boot.http.client.HttpRedirects;
import org.springframework.boot.http.client.reactive.ClientHttpConnectorBuilder;
import org.springframework.boot.restclient.RestClientCustomizer;
import org.springframework.boot.webclient.WebClientCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.WebClient;

/** Auto-configures tokens for calls of {@code RestClient} and {@code WebClient} to protected resources. */
@AutoConfiguration(
        after = LatchkeyWebAutoConfiguration.class,
        afterName = {
            "org.springframework.boot.http.client.autoconfigure.imperative.ImperativeHttpClientAutoConfiguration",
            "org.springframework.boot.http.client.autoconfigure.reactive.ReactiveHttpClientAutoConfiguration"
        })
public final class LatchkeyHttpAutoConfiguration {
    private static final String PROPERTY = "latchkey.protected-resources";

    LatchkeyHttpAutoConfiguration() {}

    @Bean
    @ConditionalOnMissingBean
    ProtectedResources latchkeyProtectedResources(LatchkeyProperties properties) {
        List<LatchkeyProperties.Resource> all = properties.protectedResources();
        return ProtectedResources.of(IntStream.range(0, all.size())
                .mapToObj(i -> resource(PROPERTY + "[" + i + "].uri", all.get(i)))
                .toList());
    }

    private static ProtectedResource resource(String property, LatchkeyProperties.Resource resource) {
        URI uri = resource.uri();
        if (uri == null) {
            throw Checked.wrong(property, null, "required: the base of the protected addresses");
        }
        return Checked.property(
                property, uri, () -> new ProtectedResource(uri, Scopes.of(resource.scopes()), resource.methods()));
    }

    /** Only without web endpoints: {@link LatchkeyWebAutoConfiguration} comes first. */
    @Bean
    @ConditionalOnMissingBean
    TokenSource latchkeyTokens(ClientApplication application) {
        return new ApplicationTokens(application);
    }

    @Bean
    TokenObservation latchkeyTokenObservation(
            TokenSource tokens,
            ObjectProvider<ObservationRegistry> registry,
            ObjectProvider<AcquireConvention> convention) {
        return new TokenObservation(new ObservedTokens(
                tokens, registry.getIfUnique(() -> ObservationRegistry.NOOP), convention.getIfAvailable()));
    }

    /**
     * Holds the tokens of outgoing calls; not a {@link TokenSource}, so that the application has only one bean of that
     * type.
     */
    record TokenObservation(TokenSource tokens) {}

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass({RestClient.class, RestClientCustomizer.class, ClientHttpRequestFactoryBuilder.class})
    static class ForRestClient {
        @Bean
        @ConditionalOnMissingBean
        LatchkeyRestClientInterceptor latchkeyRestClientInterceptor(
                ProtectedResources resources, TokenObservation observation) {
            return new LatchkeyRestClientInterceptor(resources, observation.tokens());
        }

        /** Runs early, so that a request factory that the application configures itself takes precedence. */
        @Bean
        @Order(Ordered.HIGHEST_PRECEDENCE + 100)
        RestClientCustomizer latchkeyRestClientCustomizer(
                ProtectedResources resources,
                LatchkeyRestClientInterceptor interceptor,
                ObjectProvider<ClientHttpRequestFactoryBuilder<?>> factories,
                ObjectProvider<HttpClientSettings> settings) {
            return builder -> {
                if (!resources.isEmpty()) {
                    var factory = factories.getIfAvailable(ClientHttpRequestFactoryBuilder::detect);
                    var usual = settings.getIfAvailable(HttpClientSettings::defaults);
                    builder.requestInterceptor(interceptor)
                            .requestFactory(new ProtectedRequestFactory(
                                    resources,
                                    factory.build(usual.withRedirects(HttpRedirects.DONT_FOLLOW)),
                                    factory.build(usual)));
                }
            };
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass({WebClient.class, WebClientCustomizer.class, ClientHttpConnectorBuilder.class})
    static class ForWebClient {
        @Bean
        @ConditionalOnMissingBean
        LatchkeyExchangeFilter latchkeyExchangeFilter(ProtectedResources resources, TokenObservation observation) {
            return new LatchkeyExchangeFilter(resources, observation.tokens());
        }

        /** Runs after the customizer that sets the application's connector. */
        @Bean
        @Order(100)
        WebClientCustomizer latchkeyWebClientCustomizer(
                ProtectedResources resources,
                LatchkeyExchangeFilter filter,
                ObjectProvider<ClientHttpConnectorBuilder<?>> connectors,
                ObjectProvider<HttpClientSettings> settings) {
            return builder -> {
                if (!resources.isEmpty()) {
                    var connector = connectors.getIfAvailable(ClientHttpConnectorBuilder::detect);
                    var usual = settings.getIfAvailable(HttpClientSettings::defaults);
                    builder.filter(filter)
                            .clientConnector(new ProtectedConnector(
                                    resources,
                                    connector.build(usual.withRedirects(HttpRedirects.DONT_FOLLOW)),
                                    connector.build(usual)));
                }
            };
        }
    }
}
