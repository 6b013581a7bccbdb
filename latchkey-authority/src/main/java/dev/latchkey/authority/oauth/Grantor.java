package dev.latchkey.authority.oauth;

import dev.latchkey.authority.Client;
import dev.latchkey.authority.http.Params;
import dev.latchkey.authority.problem.OAuthException;
import dev.latchkey.authority.realm.Realm;

/** One grant type: what must be presented, and what it is good for. */
interface Grantor {
    Issue grant(Realm realm, Client client, Params form) throws OAuthException;
}
