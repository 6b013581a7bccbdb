package dev.latchkey.benchmarks;

import com.microsoft.aad.msal4j.IHttpClient;
import dev.latchkey.http.HttpTransport;
import org.springframework.security.oauth2.client.endpoint.OAuth2AccessTokenResponseClient;
import org.springframework.security.oauth2.client.endpoint.OAuth2RefreshTokenGrantRequest;

/** Networks on which nothing may be sent: a cached answer that is none fails the benchmark. */
final class Offline {
    static final HttpTransport LATCHKEY = (message, timeout) -> {
        throw new AssertionError("asked the network: " + message);
    };
    static final IHttpClient MSAL4J = request -> {
        throw new AssertionError("asked the network: " + request.url());
    };
    static final OAuth2AccessTokenResponseClient<OAuth2RefreshTokenGrantRequest> SPRING = request -> {
        throw new AssertionError("asked the network");
    };

    private Offline() {}
}
