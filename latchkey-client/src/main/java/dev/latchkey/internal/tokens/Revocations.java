package dev.latchkey.internal.tokens;

import dev.latchkey.core.PrintableText;
import dev.latchkey.core.Secret;
import dev.latchkey.core.error.AuthException;
import dev.latchkey.core.http.HttpAnswer;
import dev.latchkey.core.token.ClientAuthentication;
import dev.latchkey.core.token.Revocation;
import dev.latchkey.internal.authority.Belonging;
import dev.latchkey.internal.authority.ResolvedAuthority;
import dev.latchkey.internal.environment.Network;
import dev.latchkey.internal.environment.Settings;
import java.net.URI;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Revokes refresh tokens that nobody is going to use, where the authority can: what fails is logged. */
public final class Revocations {
    private static final Logger LOG = LoggerFactory.getLogger(Revocations.class);

    private final Settings settings;
    private final Network network;
    private final Belonging belonging;

    public Revocations(Settings settings, Network network, Belonging belonging) {
        this.settings = settings;
        this.network = network;
        this.belonging = belonging;
    }

    /** Blocks until the authority knows. */
    public void revoke(ResolvedAuthority authority, List<Secret> refreshTokens, String correlationId) {
        authority.metadata().revocationEndpoint().ifPresent(endpoint -> {
            ClientAuthentication credentials = belonging.credentialsFor(authority.authority(), correlationId);
            refreshTokens.forEach(token -> revoke(endpoint, credentials, token, correlationId));
        });
    }

    private void revoke(URI endpoint, ClientAuthentication credentials, Secret refreshToken, String correlationId) {
        try {
            HttpAnswer answer = network.send(
                    Revocation.request(endpoint, settings.identity().clientId(), credentials, refreshToken),
                    correlationId);
            if (!answer.isSuccess()) {
                LOG.warn(
                        "The refresh token was not revoked: HTTP {} [{}]",
                        answer.status(),
                        PrintableText.of(correlationId));
            }
        } catch (AuthException e) {
            LOG.warn("The refresh token was not revoked: {}", e.getMessage());
        }
    }
}
