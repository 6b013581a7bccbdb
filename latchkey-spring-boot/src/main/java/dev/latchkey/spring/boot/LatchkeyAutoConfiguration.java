package dev.latchkey.spring.boot;

import dev.latchkey.ClientApplication;
import dev.latchkey.http.HttpTransport;
import dev.latchkey.store.TokenStore;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.ImportRuntimeHints;

/**
 * Auto-configures the application: confidential if there is a secret (or a bean that authenticates the client),
 * otherwise public. Its events are published as application events.
 */
@AutoConfiguration
@EnableConfigurationProperties(LatchkeyProperties.class)
@ImportRuntimeHints(LatchkeyRuntimeHints.class)
@Import({
    ClientApplicationConfigurations.FileStore.class,
    ClientApplicationConfigurations.FileStoreMissing.class,
    ClientApplicationConfigurations.ThroughAProxy.class,
    ClientApplicationConfigurations.WithSecret.class,
    ClientApplicationConfigurations.Confidential.class,
    ClientApplicationConfigurations.Public.class
})
public final class LatchkeyAutoConfiguration {
    LatchkeyAutoConfiguration() {}

    @Bean
    ApplicationSettings latchkeyApplicationSettings(
            LatchkeyProperties properties,
            ObjectProvider<TokenStore> store,
            ObjectProvider<HttpTransport> transport,
            ObjectProvider<ClientApplicationCustomizer> customizers) {
        return new ApplicationSettings(properties, store, transport, customizers);
    }

    @Bean
    EventRelay latchkeyEvents(ClientApplication application, ApplicationEventPublisher publisher) {
        return new EventRelay(application, List.of(publisher::publishEvent));
    }
}
