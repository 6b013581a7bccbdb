package dev.latchkey.spring.http;

import java.io.IOException;
import java.net.URI;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.ClientHttpRequest;
import org.springframework.http.client.ClientHttpRequestFactory;

/**
 * Sends calls to protected resources by a request factory of their own, one that follows no redirects: whoever answers
 * with a redirect would else choose where the token goes.
 */
public final class ProtectedRequestFactory implements ClientHttpRequestFactory {
    private final ProtectedResources resources;
    private final ClientHttpRequestFactory followingNone;
    private final ClientHttpRequestFactory others;

    /**
     * Chooses for each call.
     *
     * @param followingNone for calls to protected resources: must not follow redirects
     * @param others for all other calls
     */
    public ProtectedRequestFactory(
            ProtectedResources resources, ClientHttpRequestFactory followingNone, ClientHttpRequestFactory others) {
        this.resources = resources;
        this.followingNone = followingNone;
        this.others = others;
    }

    @Override
    public ClientHttpRequest createRequest(URI uri, HttpMethod method) throws IOException {
        boolean isProtected = resources.scopesFor(method.name(), uri).isPresent();
        return (isProtected ? followingNone : others).createRequest(uri, method);
    }
}
