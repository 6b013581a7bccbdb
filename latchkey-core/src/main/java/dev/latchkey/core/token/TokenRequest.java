package dev.latchkey.core.token;

import dev.latchkey.core.PrintableText;
import dev.latchkey.core.Scopes;
import dev.latchkey.core.http.HttpMessage;
import java.net.URI;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A request to a token endpoint: a grant, and what all grants share.
 *
 * @param endpoint the token endpoint
 * @param grant what tokens are asked for with
 * @param scopes what goes on the wire, the default scopes included
 * @param resource the resource the token is for (RFC 8707)
 * @param claims the {@code claims} parameter
 * @param entra whether the authority knows {@code client_info} and {@code client-request-id}
 * @param correlationId the id of the call
 * @param extraParameters the caller's own; none can replace one of the protocol's
 */
public record TokenRequest(
        URI endpoint,
        Grant grant,
        Scopes scopes,
        @Nullable String resource,
        @Nullable String claims,
        boolean entra,
        String correlationId,
        Map<String, String> extraParameters) {
    /** Copies the extra parameters. */
    public TokenRequest {
        extraParameters = Map.copyOf(extraParameters);
    }

    /** The same request for these scopes; none leaves the parameter out. */
    public TokenRequest withScopes(Scopes other) {
        return new TokenRequest(endpoint, grant, other, resource, claims, entra, correlationId, extraParameters);
    }

    /** The message; the client authentication is still missing. */
    public HttpMessage.Builder message() {
        HttpMessage.Builder message = HttpMessage.builder(endpoint);
        grant.write(message.form());
        // The extras come before the authentication is added, which therefore cannot be replaced either.
        message.form()
                .set("scope", scopes.toString())
                .set("resource", resource)
                .set("claims", claims)
                .set("client_info", entra ? "1" : null)
                .set("client-request-id", entra ? correlationId : null)
                .extras(withoutCredentials());
        return message;
    }

    private Map<String, String> withoutCredentials() {
        return extraParameters.entrySet().stream()
                .filter(extra -> !extra.getKey().startsWith("client_"))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** Grant, claims and extra parameters may hold what nobody should see. */
    @Override
    public String toString() {
        return PrintableText.of("TokenRequest[" + endpoint + ", "
                + grant.getClass().getSimpleName() + ", " + scopes + ", extra " + extraParameters.keySet() + "]");
    }
}
