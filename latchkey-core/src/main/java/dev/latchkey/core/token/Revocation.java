package dev.latchkey.core.token;

import dev.latchkey.core.Secret;
import dev.latchkey.core.http.HttpMessage;
import dev.latchkey.core.http.Parameters;
import java.net.URI;

/** Token revocation (RFC 7009). The answer is a status: 200 also for tokens the server does not know (section 2.2). */
public final class Revocation {
    private Revocation() {}

    /** The request to revoke a refresh token, and with it what it gave. */
    public static HttpMessage request(
            URI endpoint, String clientId, ClientAuthentication authentication, Secret refreshToken) {
        Parameters.Builder form =
                Parameters.builder().set("token", refreshToken.reveal()).set("token_type_hint", "refresh_token");
        return authentication.apply(endpoint, clientId, form);
    }
}
