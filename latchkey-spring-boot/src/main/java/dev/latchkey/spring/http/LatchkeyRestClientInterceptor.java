package dev.latchkey.spring.http;

import dev.latchkey.AuthenticationResult;
import dev.latchkey.SilentRequest;
import dev.latchkey.core.Scopes;
import dev.latchkey.core.challenge.BearerChallenge;
import dev.latchkey.core.error.ErrorCodes;
import dev.latchkey.core.error.NetworkException;
import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpRequest;
import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.http.client.ClientHttpResponse;

/**
 * Adds tokens to the calls of a {@code RestClient} to protected resources. A call that has an {@code Authorization}
 * header keeps it. A call that gets a 401 with a claims challenge is repeated once, with a new token. If the user must
 * interact, the call throws the {@link dev.latchkey.core.error.InteractionRequiredAuthException}. Thread-safe.
 *
 * <p>Auto-configured {@code RestClient.Builder}s already have it, with a request factory that does not follow redirects
 * of protected calls. For other clients see {@link ProtectedRequestFactory}.
 */
public final class LatchkeyRestClientInterceptor implements ClientHttpRequestInterceptor {
    private final ProtectedResources resources;
    private final TokenSource tokens;

    /** Adds tokens from this source to the calls to these resources. */
    public LatchkeyRestClientInterceptor(ProtectedResources resources, TokenSource tokens) {
        this.resources = resources;
        this.tokens = tokens;
    }

    @Override
    public ClientHttpResponse intercept(HttpRequest request, byte[] body, ClientHttpRequestExecution execution)
            throws IOException {
        Optional<Scopes> scopes = resources.scopesFor(request.getMethod().name(), request.getURI());
        if (scopes.isEmpty() || request.getHeaders().containsHeader(HttpHeaders.AUTHORIZATION)) {
            return execution.execute(request, body);
        }
        TokenSource.Caller caller = tokens.caller(request.getAttributes());
        SilentRequest wanted = SilentRequest.builder(scopes.get()).build();
        authorize(request, caller.token(wanted));
        ClientHttpResponse response = execution.execute(request, body);
        Optional<String> claims = claims(response);
        if (claims.isEmpty()) {
            return response;
        }
        response.close();
        authorize(request, caller.token(wanted.toBuilder().claims(claims.get()).build()));
        return execution.execute(request, body);
    }

    private static void authorize(HttpRequest request, CompletableFuture<AuthenticationResult> token) {
        request.getHeaders().set(HttpHeaders.AUTHORIZATION, await(token).authorizationHeader());
    }

    private static Optional<String> claims(ClientHttpResponse response) throws IOException {
        return response.getStatusCode().value() == 401
                ? BearerChallenge.parse(response.getHeaders().getOrEmpty(HttpHeaders.WWW_AUTHENTICATE))
                        .flatMap(BearerChallenge::claims)
                : Optional.empty();
    }

    /** The outcome; a failure is thrown unchanged. */
    private static <T> T await(CompletableFuture<T> future) {
        try {
            return future.get();
        } catch (InterruptedException e) {
            future.cancel(true);
            Thread.currentThread().interrupt();
            throw new NetworkException(ErrorCodes.INTERRUPTED, "the thread was interrupted while waiting for a token");
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        }
    }
}
