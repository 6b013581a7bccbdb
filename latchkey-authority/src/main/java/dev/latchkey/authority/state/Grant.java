package dev.latchkey.authority.state;

import dev.latchkey.authority.Client;
import dev.latchkey.authority.claims.RequestedClaims;
import dev.latchkey.authority.directory.Identity;
import dev.latchkey.authority.realm.Realm;
import dev.latchkey.authority.scope.ScopeSet;

/** What one sign-in gave one client. All tokens that come from it can be revoked with it. */
public record Grant(String id, Client client, Realm realm, Login login, ScopeSet scopes, RequestedClaims claims) {
    /** A grant of scopes alone. */
    public Grant(String id, Client client, Realm realm, Login login, ScopeSet scopes) {
        this(id, client, realm, login, scopes, RequestedClaims.NONE);
    }

    /** Who signed in, how and when. */
    public record Login(Identity identity, SignedIn signedIn) {}

    /** The person in the tenant they signed in to. */
    public Identity identity() {
        return login.identity();
    }
}
