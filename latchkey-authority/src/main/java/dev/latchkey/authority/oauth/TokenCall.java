package dev.latchkey.authority.oauth;

import dev.latchkey.authority.Client;
import dev.latchkey.authority.claims.ClaimsRequest;
import dev.latchkey.authority.http.Params;
import dev.latchkey.authority.problem.OAuthException;
import dev.latchkey.authority.realm.Realm;
import java.util.Optional;

/**
 * A token request whose client has proved itself.
 *
 * @param keyThumbprint of the key the tokens are to be bound to (RFC 9449 section 6.1)
 */
record TokenCall(Realm realm, Client client, Params form, Optional<String> keyThumbprint) {
    /** A parameter that must be there. */
    String required(String name) throws OAuthException {
        return TokenEndpoint.required(form, name);
    }

    /** What the client can do and wants to know, from the {@code claims} parameter. */
    ClaimsRequest claims() throws OAuthException {
        return ClaimsRequest.parse(form.get("claims"));
    }
}
