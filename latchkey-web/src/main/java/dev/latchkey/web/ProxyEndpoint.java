package dev.latchkey.web;

import dev.latchkey.AuthenticationResult;
import dev.latchkey.Futures;
import dev.latchkey.SilentRequest;
import dev.latchkey.core.challenge.BearerChallenge;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * {@code <prefix>/api/<name>/…}: the page calls an API whose token it never sees (RFC 10017 section 6.1). Only listed
 * headers are passed on: the API does not see our cookies, the page does not receive those of the API, and no redirect
 * makes the page repeat a call elsewhere.
 */
final class ProxyEndpoint implements LatchkeyServlet.Endpoint {
    static final String PREFIX = "/api/";

    private static final int MOST_BYTES = 10 * 1024 * 1024;
    private static final Set<String> METHODS = Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE");
    private static final List<String> THERE = List.of(
            "Accept", "Accept-Language", "Content-Type", "If-Match", "If-None-Match", "If-Modified-Since", "Prefer");
    private static final Set<String> BACK = Set.of(
            "content-type",
            "content-language",
            "content-disposition",
            "etag",
            "last-modified",
            "location",
            "retry-after");

    private final LatchkeyWeb web;
    private final HttpClient http = HttpClient.newBuilder()
            .connectTimeout(Duration.ofSeconds(10))
            .followRedirects(HttpClient.Redirect.NEVER)
            .build();

    ProxyEndpoint(LatchkeyWeb web) {
        this.web = web;
    }

    @Override
    public void serve(Exchange exchange) throws IOException {
        String[] parts = exchange.path().substring(PREFIX.length()).split("/", 2);
        ProxyRoute route = web.route(parts[0]);
        if (route == null || !METHODS.contains(exchange.request().getMethod())) {
            throw new Refusal(404, "not_found", "there is no API at " + PREFIX + parts[0]);
        }
        URI target = route.resolve(
                parts.length == 1 ? "" : parts[1], exchange.request().getQueryString());
        if (target == null) {
            throw new Refusal(400, "invalid_request", "the path leads outside the API");
        }
        SilentRequest request = SilentRequest.builder(route.scopes()).build();
        AuthenticationResult token =
                Futures.await(web.sessionOrEmpty(exchange.request()).acquireTokenSilent(request));
        answer(exchange, send(request(exchange, target, token.authorizationHeader())));
    }

    private static HttpRequest request(Exchange exchange, URI target, String authorization) throws IOException {
        byte[] body = exchange.request().getInputStream().readNBytes(MOST_BYTES + 1);
        if (body.length > MOST_BYTES) {
            throw new Refusal(413, "request_too_large", "the body is larger than " + MOST_BYTES + " bytes");
        }
        HttpRequest.Builder request = HttpRequest.newBuilder(target)
                .timeout(Duration.ofSeconds(60))
                .header("Authorization", authorization)
                .method(
                        exchange.request().getMethod(),
                        body.length == 0
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofByteArray(body));
        THERE.forEach(name -> exchange.header(name).ifPresent(value -> request.header(name, value)));
        return request.build();
    }

    private HttpResponse<InputStream> send(HttpRequest request) throws IOException {
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofInputStream());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new Refusal(503, "interrupted", "the server is stopping; try again");
        } catch (IOException e) {
            throw new Refusal(
                    502, "network_error", "the API at " + request.uri().getHost() + " did not answer");
        }
    }

    private static void answer(Exchange exchange, HttpResponse<InputStream> answer) throws IOException {
        HttpServletResponse response = exchange.response();
        try (InputStream body = answer.body()) {
            Optional<String> claims = answer.statusCode() == 401 ? challenge(answer) : Optional.empty();
            if (claims.isPresent()) {
                exchange.answer(401, Map.of("error", claimsError(claims.get())));
                return;
            }
            response.setStatus(answer.statusCode());
            response.setHeader("Cache-Control", "no-store");
            response.setHeader("X-Content-Type-Options", "nosniff");
            // A response of the API is data here, never a page of this site.
            response.setHeader("Content-Security-Policy", "sandbox; default-src 'none'");
            answer.headers().map().forEach((name, values) -> {
                if (BACK.contains(name.toLowerCase(Locale.ROOT))) {
                    response.setHeader(name, values.get(0));
                }
            });
            body.transferTo(response.getOutputStream());
        }
    }

    private static Optional<String> challenge(HttpResponse<InputStream> answer) {
        return BearerChallenge.parse(answer.headers().allValues("WWW-Authenticate"))
                .flatMap(BearerChallenge::claims);
    }

    private static Map<String, Object> claimsError(String claims) {
        return Map.of(
                "name", "InteractionRequiredAuthError",
                "errorCode", "interaction_required",
                "errorMessage", "the API requires additional claims; request them interactively",
                "claims", claims);
    }
}
