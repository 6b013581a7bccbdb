package dev.latchkey.core.token;

import dev.latchkey.core.PrintableText;
import java.net.URI;
import java.time.Instant;
import java.util.function.Supplier;

/**
 * What a {@link ClientAuthentication} knows of the request it is for.
 *
 * @param clientId who asks
 * @param issuer who is asked, as its metadata states it, Entra's placeholder {@code {tenantid}} included: the audience of
 *     an assertion (RFC 7523bis) except where an authority wants the endpoint
 * @param endpoint where the request goes
 * @param now the time of the application's clock
 * @param uniqueIds each call gives another id of 256 random bits, in letters, digits, {@code -} and {@code _}: for
 *     {@code jti}
 */
public record ClientAuthenticationContext(
        String clientId, String issuer, URI endpoint, Instant now, Supplier<String> uniqueIds) {
    /** An id that no other request has. */
    public String uniqueId() {
        return uniqueIds.get();
    }

    @Override
    public String toString() {
        return PrintableText.of("ClientAuthenticationContext[" + clientId + " at " + endpoint + "]");
    }
}
