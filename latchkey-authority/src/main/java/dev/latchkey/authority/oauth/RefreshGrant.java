package dev.latchkey.authority.oauth;

import dev.latchkey.authority.Client;
import dev.latchkey.authority.directory.Identity;
import dev.latchkey.authority.problem.OAuthException;
import dev.latchkey.authority.problem.Problem;
import dev.latchkey.authority.realm.Realm;
import dev.latchkey.authority.realm.Site;
import dev.latchkey.authority.scope.ScopeSet;
import dev.latchkey.authority.state.Grant;
import dev.latchkey.authority.state.RefreshToken;
import dev.latchkey.authority.state.Stores;
import java.time.Instant;
import java.util.Optional;

/** Renews tokens (RFC 6749 section 6), with rotation and family revocation (RFC 9700 section 4.14.2). */
final class RefreshGrant implements GrantHandler {
    private final Site site;
    private final Stores stores;
    private final TokenScopes scopes;

    RefreshGrant(Site site, Stores stores, TokenScopes scopes) {
        this.site = site;
        this.stores = stores;
        this.scopes = scopes;
    }

    @Override
    public IssuanceContext grant(TokenCall call) throws OAuthException {
        Realm realm = call.realm();
        String value = call.required("refresh_token");
        Instant now = site.now();
        RefreshToken token = stores.refreshTokens()
                .find(value)
                .orElseThrow(() -> Problem.REFRESH_TOKEN_UNKNOWN.because(
                        "the refresh token was not issued by this authority, or long ago"));
        checkOwner(token, realm, call.client());
        checkUsable(token, now);
        if (!stores.keyBindings().allows(token.grant().id(), call.keyThumbprint())) {
            throw Problem.DPOP_KEY_MISMATCH.because("the refresh token is bound to another key");
        }
        Grant grant = inRealm(token.grant(), call);
        ScopeSet granted = scopes.ofRefresh(call, grant);
        if (!stores.refreshTokens().use(value, now)) {
            throw reused(token);
        }
        return new IssuanceContext(
                grant,
                realm,
                granted,
                Optional.empty(),
                Optional.of(stores.refreshTokens().succeed(token, now)));
    }

    private static void checkOwner(RefreshToken token, Realm realm, Client client) throws OAuthException {
        boolean sameFamily = token.grant().client().isInFamily() && client.isInFamily();
        if (!token.grant().client().clientId().equals(client.clientId()) && !sameFamily) {
            throw Problem.REFRESH_TOKEN_FOREIGN.because("the refresh token was issued to another client");
        }
        if (!realm.redeemsGrantsOf(token.grant().realm())) {
            throw Problem.REFRESH_TOKEN_FOREIGN.because(
                    "the refresh token was issued by " + token.grant().realm().advertisedIssuer());
        }
    }

    private void checkUsable(RefreshToken token, Instant now) throws OAuthException {
        if (stores.revocations().isRevoked(token.grant().id())) {
            throw Problem.REFRESH_TOKEN_REVOKED.because("the refresh token has been revoked");
        }
        if (token.isSpent(now)) {
            throw reused(token);
        }
        if (token.hasExpired(now)) {
            Problem problem = token.grant().client().kind() == Client.Kind.SINGLE_PAGE
                    ? Problem.REFRESH_TOKEN_OF_PAGE_EXPIRED
                    : Problem.REFRESH_TOKEN_EXPIRED;
            throw problem.because("the refresh token has expired; it was issued at " + token.issuedAt()
                    + ", its family began at " + token.familyBegan());
        }
    }

    private OAuthException reused(RefreshToken token) {
        stores.revocations().revoke(token.grant().id());
        return Problem.REFRESH_TOKEN_REUSED.because("the refresh token was used before and has been replaced;"
                + " every token of its family has been revoked (RFC 9700 section 4.14.2)");
    }

    /** At another tenant's address the same person is another identity; in a family another client continues. */
    private Grant inRealm(Grant grant, TokenCall call) throws OAuthException {
        Realm realm = call.realm();
        Identity identity = realm.identify(site.directory(), grant.identity().user())
                .orElseThrow(() -> Problem.USER_NOT_IN_TENANT.because(
                        grant.identity().user().userName() + " is not known in the tenant of " + realm.path()));
        Grant.Login login = new Grant.Login(identity, grant.login().signedIn());
        return new Grant(grant.id(), call.client(), realm, login, grant.scopes(), grant.claims());
    }
}
