package dev.latchkey;

import dev.latchkey.core.Secret;
import dev.latchkey.core.token.ClientAuthentication;
import dev.latchkey.internal.Engine;

/**
 * A confidential client (RFC 6749 section 2.1): a server that has its own secret and signs users in by redirect. It
 * serves many users and so has no active account; every request names its account. Create one per server and keep it.
 */
public final class ConfidentialClientApplication extends ClientApplication {
    ConfidentialClientApplication(Engine engine) {
        super(engine);
    }

    /** Starts a builder of an application that sends its secret in the form body ({@code client_secret_post}). */
    public static ConfidentialClientApplicationBuilder builder(String clientId, String clientSecret) {
        return builder(clientId, ClientAuthentication.secretPost(Secret.of(clientSecret)));
    }

    /** Starts a builder of an application with the given client authentication. */
    public static ConfidentialClientApplicationBuilder builder(String clientId, ClientAuthentication authentication) {
        return new ConfidentialClientApplicationBuilder(clientId, authentication);
    }
}
