package dev.latchkey.internal.authority;

import dev.latchkey.core.PrintableFailure;
import dev.latchkey.core.error.ClientAuthException;
import dev.latchkey.core.error.ErrorCodes;
import dev.latchkey.core.error.ErrorDetails;
import dev.latchkey.core.error.NetworkException;
import dev.latchkey.core.http.HttpAnswer;
import dev.latchkey.core.http.HttpMessage;
import dev.latchkey.core.token.ClientAuthentication;
import dev.latchkey.core.token.ClientAuthenticationContext;
import dev.latchkey.internal.environment.Network;
import dev.latchkey.internal.environment.Settings;

/** Sends what only a known client may ask: to each request the application's authentication is added anew. */
public final class ClientRequests {
    private final Settings settings;
    private final Network network;
    private final Belonging belonging;

    public ClientRequests(Settings settings, Network network, Belonging belonging) {
        this.settings = settings;
        this.network = network;
        this.belonging = belonging;
    }

    /** Before anything is asked of an authority in the client's name: does it get the client's credentials at all? */
    public void requireCredentials(ResolvedAuthority authority, String correlationId) {
        belonging.credentialsFor(authority.authority(), correlationId);
    }

    /** Adds the authentication, sends and waits; every failure names endpoint and call. */
    public HttpAnswer send(ResolvedAuthority authority, HttpMessage.Builder request, String correlationId) {
        ClientAuthentication credentials = belonging.credentialsFor(authority.authority(), correlationId);
        return network.send(
                authenticated(request, credentials, context(authority, request), correlationId), correlationId);
    }

    private ClientAuthenticationContext context(ResolvedAuthority authority, HttpMessage.Builder request) {
        Settings.Environment environment = settings.environment();
        return new ClientAuthenticationContext(
                settings.identity().clientId(),
                authority.metadata().issuer().stated(),
                request.uri(),
                environment.clock().instant(),
                environment.entropy()::token);
    }

    /**
     * Whatever it throws is ours to report: an error of another authority, which an implementation may have asked for an
     * assertion, must not pass for an answer of this one, such as the refusal of a refresh token.
     */
    private static HttpMessage authenticated(
            HttpMessage.Builder request,
            ClientAuthentication credentials,
            ClientAuthenticationContext context,
            String correlationId) {
        try {
            credentials.authenticate(request, context);
            return request.build();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            String text = "the thread was interrupted while the client authentication was made";
            throw new NetworkException(details(ErrorCodes.INTERRUPTED, text, context, correlationId, e));
        } catch (Exception e) {
            String text = "the client authentication failed with "
                    + e.getClass().getName() + "; nothing was sent, see the cause";
            throw new ClientAuthException(
                    details(ErrorCodes.CLIENT_AUTHENTICATION_FAILED, text, context, correlationId, e));
        }
    }

    private static ErrorDetails details(
            String code, String text, ClientAuthenticationContext context, String correlationId, Exception cause) {
        return ErrorDetails.of(code, text)
                .at(context.endpoint())
                .correlationId(correlationId)
                .cause(PrintableFailure.of(cause));
    }
}
