package dev.latchkey.core.token;

import dev.latchkey.core.Secret;
import dev.latchkey.core.http.HttpMessage;
import dev.latchkey.core.http.Parameters;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** How the client shows who it is at the token endpoint (RFC 6749 section 2.3, OpenID Connect Core 9). */
public sealed interface ClientAuthentication {
    /** The form of a request, with what this method adds, as a message. */
    HttpMessage apply(URI endpoint, String clientId, Parameters.Builder form);

    /** A public client: its id and nothing more. */
    static ClientAuthentication none() {
        return new None();
    }

    /** A secret in the form ({@code client_secret_post}). */
    static ClientAuthentication secretPost(Secret secret) {
        return new SecretPost(secret);
    }

    /** A secret in the header ({@code client_secret_basic}). */
    static ClientAuthentication secretBasic(Secret secret) {
        return new SecretBasic(secret);
    }

    /** {@code none}. */
    record None() implements ClientAuthentication {
        @Override
        public HttpMessage apply(URI endpoint, String clientId, Parameters.Builder form) {
            return HttpMessage.post(endpoint, form.set("client_id", clientId).build());
        }
    }

    /**
     * {@code client_secret_post}.
     *
     * @param secret the secret
     */
    record SecretPost(Secret secret) implements ClientAuthentication {
        @Override
        public HttpMessage apply(URI endpoint, String clientId, Parameters.Builder form) {
            form.set("client_id", clientId).set("client_secret", secret.reveal());
            return HttpMessage.post(endpoint, form.build());
        }
    }

    /**
     * {@code client_secret_basic}.
     *
     * @param secret the secret
     */
    record SecretBasic(Secret secret) implements ClientAuthentication {
        @Override
        public HttpMessage apply(URI endpoint, String clientId, Parameters.Builder form) {
            String pair = encode(clientId) + ":" + encode(secret.reveal());
            String header = "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
            return HttpMessage.post(endpoint, form.build()).withHeader("Authorization", header);
        }

        private static String encode(String text) {
            return URLEncoder.encode(text, StandardCharsets.UTF_8);
        }
    }
}
