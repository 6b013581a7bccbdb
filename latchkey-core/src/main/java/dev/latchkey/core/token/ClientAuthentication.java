package dev.latchkey.core.token;

import dev.latchkey.core.Secret;
import dev.latchkey.core.http.HttpMessage;
import java.util.Optional;

/**
 * How the client shows who it is at the token, revocation and device authorization endpoints (RFC 6749 section 2.3,
 * OpenID Connect Core 9).
 *
 * <p>An application may implement this itself, for example to sign an assertion (RFC 7523): everything that takes time
 * or chance comes in the context. Implementations are thread-safe. They may block, for the calling thread waits for the
 * network next. They are asked only for requests to the issuer that the application was built with.
 */
@FunctionalInterface
public interface ClientAuthentication {
    /**
     * Adds to a request what shows who the client is, its {@code client_id} included where the method has it in the
     * form. Called anew for each request, also for one that repeats another: what must be used once only, or changes, is
     * made here.
     *
     * @param request the request, complete but for this
     * @param context who asks whom, and when
     * @throws Exception what went wrong; the request is not sent, and the call fails with {@code
     *     client_authentication_failed}, whose cause this is and whose message quotes nothing of it
     */
    void authenticate(HttpMessage.Builder request, ClientAuthenticationContext context) throws Exception;

    /**
     * The secret that the client shares with the issuer: the key of ID tokens that are signed with it (OpenID Connect Core
     * 10.1). Default: none, because a client that signs assertions has none.
     */
    default Optional<Secret> clientSecret() {
        return Optional.empty();
    }

    /** A public client: its id and nothing more. */
    static ClientAuthentication none() {
        return PublicClient.INSTANCE;
    }

    /** A secret in the form ({@code client_secret_post}). */
    static ClientAuthentication secretPost(Secret secret) {
        return new SecretPost(secret);
    }

    /** A secret in the header ({@code client_secret_basic}). */
    static ClientAuthentication secretBasic(Secret secret) {
        return new SecretBasic(secret);
    }
}
