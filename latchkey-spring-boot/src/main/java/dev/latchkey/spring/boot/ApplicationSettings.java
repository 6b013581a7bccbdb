package dev.latchkey.spring.boot;

import dev.latchkey.ClientApplicationBuilder;
import dev.latchkey.core.discovery.Authority;
import dev.latchkey.core.discovery.AuthorityKind;
import dev.latchkey.http.HttpTransport;
import dev.latchkey.store.TokenStore;
import java.util.function.Supplier;
import org.springframework.beans.factory.ObjectProvider;

/** Applies properties, beans and customizers to the builder of an application, in this order. */
final class ApplicationSettings {
    private final LatchkeyProperties properties;
    private final ObjectProvider<TokenStore> store;
    private final ObjectProvider<HttpTransport> transport;
    private final ObjectProvider<ClientApplicationCustomizer> customizers;

    ApplicationSettings(
            LatchkeyProperties properties,
            ObjectProvider<TokenStore> store,
            ObjectProvider<HttpTransport> transport,
            ObjectProvider<ClientApplicationCustomizer> customizers) {
        this.properties = properties;
        this.store = store;
        this.transport = transport;
        this.customizers = customizers;
    }

    String clientId() {
        String id = properties.clientId();
        if (id == null || id.isBlank()) {
            throw Checked.wrong("latchkey.client-id", id, "required: the client id of the registration");
        }
        return id;
    }

    <B extends ClientApplicationBuilder<B>> B applyTo(B builder) {
        builder.authority(authority());
        Checked.property(
                "latchkey.known-authorities",
                properties.knownAuthorities(),
                () -> builder.knownAuthorities(properties.knownAuthorities()));
        builder.clientCapabilities(properties.clientCapabilities().toArray(String[]::new));
        Checked.property(
                "latchkey.default-scopes",
                properties.defaultScopes(),
                () -> builder.defaultScopes(properties.defaultScopes().toArray(String[]::new)));
        builder.offlineAccess(properties.offlineAccess());
        builder.trustedAudiences(properties.trustedAudiences());
        Checked.property(
                "latchkey.default-token-lifetime",
                properties.defaultTokenLifetime(),
                () -> builder.defaultTokenLifetime(properties.defaultTokenLifetime()));
        String algorithm = properties.idTokenSignedResponseAlg();
        if (algorithm != null) {
            builder.idTokenSignedResponseAlg(algorithm);
        }
        store.ifAvailable(builder::store);
        transport.ifAvailable(builder::transport);
        customizers.orderedStream().forEach(customizer -> customizer.customize(builder));
        return builder;
    }

    /** Builds the application; only then is it known whether its credentials suit the algorithm. */
    <A> A build(Supplier<A> build) {
        String algorithm = properties.idTokenSignedResponseAlg();
        return algorithm == null
                ? build.get()
                : Checked.property("latchkey.id-token-signed-response-alg", algorithm, build);
    }

    private Authority authority() {
        AuthorityKind kind = properties.authorityKind();
        String address = properties.authority();
        return Checked.property(
                "latchkey.authority",
                address,
                () -> kind == null ? Authority.of(address) : Authority.of(address, kind));
    }
}
