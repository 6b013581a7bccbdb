package dev.latchkey.core.token;

import dev.latchkey.core.PrintableText;
import dev.latchkey.core.Scopes;
import dev.latchkey.core.Secret;
import dev.latchkey.core.authorize.AuthorizationRequest;
import dev.latchkey.core.http.HttpMessage;
import dev.latchkey.core.http.Parameters;
import java.net.URI;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What every request to a token endpoint shares; the grant is the last step.
 *
 * @param endpoint the token endpoint
 * @param clientId who asks
 * @param authentication how the client shows who it is
 * @param scopes what goes on the wire, the default scopes included
 * @param resource the resource the token is for (RFC 8707)
 * @param claims the {@code claims} parameter
 * @param entra whether the authority knows {@code client_info} and {@code client-request-id}
 * @param correlationId the id of the call
 * @param extraParameters the caller's own; none can replace one of the protocol's
 */
public record TokenRequest(
        URI endpoint,
        String clientId,
        ClientAuthentication authentication,
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

    /** Claims and extra parameters may hold what nobody should see. */
    @Override
    public String toString() {
        return PrintableText.of("TokenRequest[" + endpoint + ", " + clientId + ", " + scopes + ", extra "
                + extraParameters.keySet() + "]");
    }

    /** The grant of a code (RFC 6749 section 4.1.3, RFC 7636 section 4.5). */
    public HttpMessage authorizationCode(Secret code, AuthorizationRequest request) {
        return message(Parameters.builder()
                .set("grant_type", "authorization_code")
                .set("code", code.reveal())
                .set("redirect_uri", request.redirectUri().toString())
                .set("code_verifier", request.pkce().verifier().reveal()));
    }

    /** The grant of a refresh token (RFC 6749 section 6). */
    public HttpMessage refreshToken(Secret refreshToken) {
        return message(
                Parameters.builder().set("grant_type", "refresh_token").set("refresh_token", refreshToken.reveal()));
    }

    /** The grant of a device code (RFC 8628 section 3.4). */
    public HttpMessage deviceCode(Secret deviceCode) {
        return message(Parameters.builder()
                .set("grant_type", "urn:ietf:params:oauth:grant-type:device_code")
                .set("device_code", deviceCode.reveal()));
    }

    private HttpMessage message(Parameters.Builder grant) {
        grant.set("scope", scopes.toString())
                .set("resource", resource)
                .set("claims", claims)
                .set("client_info", entra ? "1" : null)
                .set("client-request-id", entra ? correlationId : null);
        // The extras come before the authentication is added, which therefore cannot be replaced either.
        Parameters.Builder all = grant.extras(withoutCredentials());
        return authentication.apply(endpoint, clientId, all);
    }

    private Map<String, String> withoutCredentials() {
        return extraParameters.entrySet().stream()
                .filter(extra -> !extra.getKey().startsWith("client_"))
                .collect(java.util.stream.Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
