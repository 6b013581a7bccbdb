package dev.latchkey.spring.http;

import java.io.IOException;
import java.net.URI;
import org.springframework.http.HttpMethod;
import org.springframework.http.client.ClientHttpRequest;
import org.springframework.http.client.ClientHttpRequestFactory;

/**
 * Sends calls to protected resources through a separate request factory that does not follow redirects; otherwise a
 * server that redirects could choose where the token is sent.
 */
public final class ProtectedRequestFactory implements ClientHttpRequestFactory {
    private final ProtectedResources resources;
    private final ClientHttpRequestFactory followingNone;
    private final ClientHttpRequestFactory others;

    /**
     * Creates a factory that chooses one of two for each call.
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
