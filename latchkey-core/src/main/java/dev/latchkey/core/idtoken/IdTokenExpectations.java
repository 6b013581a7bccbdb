package dev.latchkey.core.idtoken;

import dev.latchkey.core.PrintableText;
import dev.latchkey.core.Secret;
import dev.latchkey.core.discovery.IssuerRule;
import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What an ID token must agree with.
 *
 * @param issuer the issuer of the authority that was asked
 * @param clientId the audience
 * @param nonce the nonce that was sent; null on refresh, where a nonce in the token is not checked
 * @param subject the subject it must still be; null on first sign-in (OpenID Connect Core 12.2)
 * @param maxAge how old the sign-in may be; null if it was not asked
 * @param accessToken the access token it came with, for {@code at_hash}
 * @param endpoint where it came from, for messages
 * @param correlationId the id of the call, for messages
 */
public record IdTokenExpectations(
        IssuerRule issuer,
        String clientId,
        @Nullable String nonce,
        @Nullable String subject,
        @Nullable Duration maxAge,
        @Nullable Secret accessToken,
        @Nullable URI endpoint,
        String correlationId) {
    @Override
    public String toString() {
        return PrintableText.of("IdTokenExpectations[" + issuer + ", " + clientId + ", subject " + subject + "]");
    }
}
