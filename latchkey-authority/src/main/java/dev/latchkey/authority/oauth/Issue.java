package dev.latchkey.authority.oauth;

import dev.latchkey.authority.directory.Identity;
import dev.latchkey.authority.realm.Realm;
import dev.latchkey.authority.scope.ScopeSet;
import dev.latchkey.authority.state.Grant;
import java.util.Optional;

/** Tokens about to be issued: on which grant, by which realm, for which scopes. */
record Issue(Grant grant, Realm realm, ScopeSet scopes, Optional<String> nonce, Optional<String> refreshToken) {
    /** The person as the issuing realm knows them. */
    Identity identity() {
        return grant.identity();
    }
}
