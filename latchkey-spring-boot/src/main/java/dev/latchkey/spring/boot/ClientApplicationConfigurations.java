package dev.latchkey.spring.boot;

import dev.latchkey.ClientApplication;
import dev.latchkey.ConfidentialClientApplication;
import dev.latchkey.PublicClientApplication;
import dev.latchkey.core.Secret;
import dev.latchkey.core.token.ClientAuthentication;
import dev.latchkey.http.HttpTransport;
import dev.latchkey.http.JdkHttpTransport;
import dev.latchkey.http.ProxySettings;
import dev.latchkey.store.TokenStore;
import dev.latchkey.store.file.FileTokenStore;
import java.nio.file.Path;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The parts of {@link LatchkeyAutoConfiguration}, which imports them so that each follows those it depends on. */
final class ClientApplicationConfigurations {
    private static final String DIRECTORY = "latchkey.store.directory";
    private static final String PROXY = "latchkey.proxy";

    private ClientApplicationConfigurations() {}

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(FileTokenStore.class)
    @ConditionalOnProperty(DIRECTORY)
    @ConditionalOnMissingBean(TokenStore.class)
    static class FileStore {
        @Bean
        FileTokenStore latchkeyTokenStore(LatchkeyProperties properties) {
            return FileTokenStore.builder(
                            Path.of(String.valueOf(properties.store().directory())))
                    .open();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnMissingClass("dev.latchkey.store.file.FileTokenStore")
    @ConditionalOnProperty(DIRECTORY)
    @ConditionalOnMissingBean(TokenStore.class)
    static class FileStoreMissing {
        @Bean
        TokenStore latchkeyTokenStore(LatchkeyProperties properties) {
            throw Checked.wrong(
                    DIRECTORY,
                    properties.store().directory(),
                    "a store in a directory requires dev.latchkey:latchkey-store-file on the class path");
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnProperty(PROXY)
    @ConditionalOnMissingBean({HttpTransport.class, ClientApplication.class})
    static class ThroughAProxy {
        @Bean
        JdkHttpTransport latchkeyTransport(LatchkeyProperties properties) {
            String proxy = properties.proxy();
            // The value may hold a password.
            return Checked.property(PROXY, "(not shown)", () -> JdkHttpTransport.builder()
                    .proxy(settings(proxy))
                    .build());
        }

        private static ProxySettings settings(String proxy) {
            return switch (proxy) {
                case "system" -> ProxySettings.system();
                case "environment" -> ProxySettings.environment();
                case "none" -> ProxySettings.none();
                default -> ProxySettings.of(proxy);
            };
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnProperty("latchkey.client-secret")
    @ConditionalOnMissingBean({ClientAuthentication.class, ClientApplication.class})
    static class WithSecret {
        @Bean
        ClientAuthentication latchkeyClientAuthentication(LatchkeyProperties properties) {
            String secret = String.valueOf(properties.clientSecret());
            if (secret.isBlank()) {
                throw Checked.wrong(
                        "latchkey.client-secret", "", "set but empty; remove the property if there is no secret");
            }
            return ClientAuthentication.secretPost(Secret.of(secret));
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnBean(ClientAuthentication.class)
    @ConditionalOnMissingBean(ClientApplication.class)
    static class Confidential {
        @Bean
        ConfidentialClientApplication latchkeyApplication(
                ApplicationSettings settings, ClientAuthentication authentication) {
            return settings.build(settings.applyTo(
                    ConfidentialClientApplication.builder(settings.clientId(), authentication))::build);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnMissingBean(ClientApplication.class)
    static class Public {
        @Bean
        PublicClientApplication latchkeyApplication(ApplicationSettings settings) {
            return settings.build(settings.applyTo(PublicClientApplication.builder(settings.clientId()))::build);
        }
    }
}
