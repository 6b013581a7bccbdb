package dev.latchkey.authority.oauth;

import dev.latchkey.authority.directory.Identity;
import dev.latchkey.authority.realm.Realm;
import dev.latchkey.authority.scope.ScopeSet;
import dev.latchkey.authority.state.Grant;
import java.util.Map;
import java.util.Optional;

/** Tokens about to be issued: on which grant, by which realm, for which scopes. */
record IssuanceContext(
        Grant grant,
        Realm realm,
        ScopeSet scopes,
        Optional<String> nonce,
        Optional<String> refreshToken,
        Map<String, Object> accessTokenClaims) {
    IssuanceContext(Grant grant, Realm realm, ScopeSet scopes, Optional<String> nonce, Optional<String> refreshToken) {
        this(grant, realm, scopes, nonce, refreshToken, Map.of());
    }

    /** The same with claims that the access token gets besides its usual ones, or instead of them. */
    IssuanceContext claims(Map<String, Object> claims) {
        return new IssuanceContext(grant, realm, scopes, nonce, refreshToken, claims);
    }

    /** The person as the issuing realm knows them. */
    Identity identity() {
        return grant.identity();
    }
}
