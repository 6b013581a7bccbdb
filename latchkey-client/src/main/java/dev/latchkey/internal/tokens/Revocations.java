package dev.latchkey.internal.tokens;

import dev.latchkey.core.PrintableText;
import dev.latchkey.core.Secret;
import dev.latchkey.core.discovery.ProviderMetadata;
import dev.latchkey.core.error.AuthException;
import dev.latchkey.core.http.HttpAnswer;
import dev.latchkey.core.token.Revocation;
import dev.latchkey.internal.authority.ClientRequests;
import dev.latchkey.internal.authority.ResolvedAuthority;
import java.net.URI;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Revokes refresh tokens that nobody is going to use, where the authority can: what fails is logged. */
public final class Revocations {
    private static final Logger LOG = LoggerFactory.getLogger(Revocations.class);

    private final ClientRequests requests;

    public Revocations(ClientRequests requests) {
        this.requests = requests;
    }

    /** Blocks until the authority knows. */
    public void revoke(ResolvedAuthority authority, List<Secret> refreshTokens, String correlationId) {
        URI endpoint = authority.metadata().revocationEndpoint().orElse(null);
        if (endpoint != null) {
            requests.requireCredentials(authority, correlationId);
            refreshTokens.forEach(token -> revoke(authority, endpoint, token, correlationId));
        } else if (!refreshTokens.isEmpty()
                && authority.metadata().unusable().containsKey(ProviderMetadata.REVOCATION_ENDPOINT)) {
            LOG.warn(
                    "The refresh token was not revoked: {}",
                    authority.metadata().whyAbsent(ProviderMetadata.REVOCATION_ENDPOINT));
        }
    }

    private void revoke(ResolvedAuthority authority, URI endpoint, Secret refreshToken, String correlationId) {
        try {
            HttpAnswer answer = requests.send(authority, Revocation.request(endpoint, refreshToken), correlationId);
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
