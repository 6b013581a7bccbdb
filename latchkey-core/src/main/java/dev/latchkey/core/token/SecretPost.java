package dev.latchkey.core.token;

import dev.latchkey.core.Secret;
import dev.latchkey.core.http.HttpMessage;

/**
 * {@code client_secret_post}.
 *
 * @param secret the secret
 */
record SecretPost(Secret secret) implements ClientAuthentication {
    @Override
    public void authenticate(HttpMessage.Builder request, ClientAuthenticationContext context) {
        request.form().set("client_id", context.clientId()).set("client_secret", secret.reveal());
    }
}
