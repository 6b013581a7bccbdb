package dev.latchkey.core.token;

import dev.latchkey.core.Secret;
import dev.latchkey.core.http.HttpMessage;
import java.net.URI;

/** Token revocation (RFC 7009). The answer is a status: 200 also for tokens the server does not know (section 2.2). */
public final class Revocation {
    private Revocation() {}

    /** The request to revoke a refresh token, and with it what it gave; the client authentication is still missing. */
    public static HttpMessage.Builder request(URI endpoint, Secret refreshToken) {
        HttpMessage.Builder request = HttpMessage.builder(endpoint);
        request.form().set("token", refreshToken.reveal()).set("token_type_hint", "refresh_token");
        return request;
    }
}
