package dev.latchkey;

import dev.latchkey.core.Secret;
import dev.latchkey.core.token.ClientAuthentication;
import dev.latchkey.internal.Engine;

/**
 * A confidential client (RFC 6749 section 2.1): a server that holds a secret of its own and signs people in by redirect.
 * It has no active account, for it serves many people: every request names one. Make one per server and keep it.
 */
public final class ConfidentialClientApplication extends ClientApplication {
    ConfidentialClientApplication(Engine engine) {
        super(engine);
    }

    /** Starts an application that shows its secret in the form ({@code client_secret_post}). */
    public static ConfidentialClientApplicationBuilder builder(String clientId, String clientSecret) {
        return builder(clientId, ClientAuthentication.secretPost(Secret.of(clientSecret)));
    }

    /** Starts an application that shows who it is in a way of its own. */
    public static ConfidentialClientApplicationBuilder builder(String clientId, ClientAuthentication authentication) {
        return new ConfidentialClientApplicationBuilder(clientId, authentication);
    }
}
