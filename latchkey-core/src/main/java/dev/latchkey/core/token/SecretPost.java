package dev.latchkey.core.token;

import dev.latchkey.core.Secret;
import dev.latchkey.core.http.HttpMessage;
import java.util.Optional;

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

    @Override
    public Optional<Secret> clientSecret() {
        return Optional.of(secret);
    }
}
