package dev.latchkey.spring.http;

import dev.latchkey.AuthenticationResult;
import dev.latchkey.SilentRequest;
import dev.latchkey.core.Scopes;
import dev.latchkey.core.challenge.BearerChallenge;
import io.micrometer.observation.Observation;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.springframework.http.HttpHeaders;
import org.springframework.web.reactive.function.client.ClientRequest;
import org.springframework.web.reactive.function.client.ClientResponse;
import org.springframework.web.reactive.function.client.ExchangeFilterFunction;
import org.springframework.web.reactive.function.client.ExchangeFunction;
import reactor.core.publisher.Mono;
import reactor.util.context.ContextView;

/**
 * Adds tokens to the calls of a {@code WebClient} to protected resources, like {@link LatchkeyRestClientInterceptor}.
 * The token is for the user whose request is served by the subscribing thread; elsewhere name the session or the
 * account with {@link CallerAttributes}. Thread-safe.
 */
public final class LatchkeyExchangeFilter implements ExchangeFilterFunction {
    /** The key of Micrometer's {@code ObservationThreadLocalAccessor}, which is in an optional library. */
    private static final String OBSERVATION = "micrometer.observation";

    private final ProtectedResources resources;
    private final TokenSource tokens;

    /** Adds tokens from this source to the calls to these resources. */
    public LatchkeyExchangeFilter(ProtectedResources resources, TokenSource tokens) {
        this.resources = resources;
        this.tokens = tokens;
    }

    @Override
    public Mono<ClientResponse> filter(ClientRequest request, ExchangeFunction next) {
        Optional<Scopes> scopes = resources.scopesFor(request.method().name(), request.url());
        if (scopes.isEmpty() || request.headers().containsHeader(HttpHeaders.AUTHORIZATION)) {
            return next.exchange(request);
        }
        return Mono.defer(() -> {
            Call call = new Call(request, tokens.caller(request.attributes()), next);
            SilentRequest wanted = SilentRequest.builder(scopes.get()).build();
            return call.send(wanted).flatMap(response -> again(response, call, wanted));
        });
    }

    private static Mono<ClientResponse> again(ClientResponse response, Call call, SilentRequest wanted) {
        Optional<String> claims = claims(response);
        return claims.isEmpty()
                ? Mono.just(response)
                : response.releaseBody()
                        .then(Mono.defer(() -> call.send(
                                wanted.toBuilder().claims(claims.get()).build())));
    }

    private record Call(ClientRequest request, TokenSource.Caller caller, ExchangeFunction next) {
        Mono<ClientResponse> send(SilentRequest wanted) {
            return Mono.deferContextual(context -> Mono.fromFuture(token(wanted, context)))
                    .flatMap(token -> next.exchange(authorized(request, token)));
        }

        /** The call's observation is in its context, and on the thread only while the token is requested. */
        private CompletableFuture<AuthenticationResult> token(SilentRequest wanted, ContextView context) {
            return context.getOrDefault(OBSERVATION, null) instanceof Observation call
                    ? call.scoped(() -> caller.token(wanted))
                    : caller.token(wanted);
        }
    }

    private static ClientRequest authorized(ClientRequest request, AuthenticationResult token) {
        return ClientRequest.from(request)
                .headers(headers -> headers.set(HttpHeaders.AUTHORIZATION, token.authorizationHeader()))
                .build();
    }

    private static Optional<String> claims(ClientResponse response) {
        return response.statusCode().value() == 401
                ? BearerChallenge.parse(response.headers().header(HttpHeaders.WWW_AUTHENTICATE))
                        .flatMap(BearerChallenge::claims)
                : Optional.empty();
    }
}
