package dev.latchkey.core.authorize;

import dev.latchkey.core.PrintableText;
import dev.latchkey.core.discovery.IssuerRule;
import java.net.URI;

/**
 * What an answer must agree with to be believed.
 *
 * @param state the state that was sent
 * @param issuer the issuer of the authority that was asked
 * @param issuerRequired whether the authority promises an {@code iss} parameter (RFC 9207 section 3)
 * @param endpoint the authorization endpoint that was asked, for messages
 * @param correlationId the id of the call, for messages
 */
public record AuthorizationExpectations(
        String state, IssuerRule issuer, boolean issuerRequired, URI endpoint, String correlationId) {
    /** State is compared, never shown. */
    @Override
    public String toString() {
        return PrintableText.of("AuthorizationExpectations[" + issuer + ", " + endpoint + "]");
    }
}
