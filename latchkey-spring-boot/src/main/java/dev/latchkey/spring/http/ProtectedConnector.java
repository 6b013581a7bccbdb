package dev.latchkey.spring.http;

import java.net.URI;
import java.util.function.Function;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.reactive.ClientHttpConnector;
import org.springframework.http.client.reactive.ClientHttpRequest;
import org.springframework.http.client.reactive.ClientHttpResponse;
import reactor.core.publisher.Mono;

/** The counterpart of {@link ProtectedRequestFactory} for {@code WebClient}. */
public final class ProtectedConnector implements ClientHttpConnector {
    private final ProtectedResources resources;
    private final ClientHttpConnector followingNone;
    private final ClientHttpConnector others;

    /**
     * Creates a connector that chooses one of two for each call.
     *
     * @param followingNone for calls to protected resources: must not follow redirects
     * @param others for all other calls
     */
    public ProtectedConnector(
            ProtectedResources resources, ClientHttpConnector followingNone, ClientHttpConnector others) {
        this.resources = resources;
        this.followingNone = followingNone;
        this.others = others;
    }

    @Override
    public Mono<ClientHttpResponse> connect(
            HttpMethod method, URI uri, Function<? super ClientHttpRequest, Mono<Void>> requestCallback) {
        boolean isProtected = resources.scopesFor(method.name(), uri).isPresent();
        return (isProtected ? followingNone : others).connect(method, uri, requestCallback);
    }
}
