package dev.latchkey.core.token;

import dev.latchkey.core.Secret;
import dev.latchkey.core.http.HttpMessage;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * {@code client_secret_basic}.
 *
 * @param secret the secret
 */
record SecretBasic(Secret secret) implements ClientAuthentication {
    @Override
    public void authenticate(HttpMessage.Builder request, ClientAuthenticationContext context) {
        String pair = encode(context.clientId()) + ":" + encode(secret.reveal());
        String encoded = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
        request.header("Authorization", "Basic " + encoded);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    @Override
    public Optional<Secret> clientSecret() {
        return Optional.of(secret);
    }
}
