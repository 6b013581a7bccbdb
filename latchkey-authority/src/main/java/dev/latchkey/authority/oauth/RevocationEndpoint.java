package dev.latchkey.authority.oauth;

import dev.latchkey.authority.Client;
import dev.latchkey.authority.http.Reply;
import dev.latchkey.authority.http.Request;
import dev.latchkey.authority.problem.OAuthException;
import dev.latchkey.authority.realm.Realm;
import dev.latchkey.authority.realm.Site;
import dev.latchkey.authority.state.RefreshToken;
import dev.latchkey.authority.state.Stores;
import java.util.Optional;

/** Takes refresh tokens back, and all that came of them (RFC 7009). Plain OpenID Connect only: Entra has none. */
public final class RevocationEndpoint {
    private final ClientAuthentication authentication;
    private final Stores stores;

    public RevocationEndpoint(Site site, Stores stores) {
        this.authentication = new ClientAuthentication(site, stores);
        this.stores = stores;
    }

    /** RFC 7009 section 2.2: 200 for an unknown token too, since it is good for nothing already. */
    public Reply revoke(Realm realm, Request request) throws OAuthException {
        String value = TokenEndpoint.required(request.form(), "token");
        Client client = authentication.authenticate(realm, request);
        Optional<RefreshToken> token = stores.refreshTokens().find(value);
        token.filter(found -> found.grant().client().clientId().equals(client.clientId()))
                .ifPresent(found -> stores.revocations().revoke(found.grant().id()));
        return Reply.empty(200).header("Cache-Control", "no-store");
    }
}
