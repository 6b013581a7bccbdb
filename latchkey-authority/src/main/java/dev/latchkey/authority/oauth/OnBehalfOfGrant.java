package dev.latchkey.authority.oauth;

import dev.latchkey.authority.Client;
import dev.latchkey.authority.problem.OAuthException;
import dev.latchkey.authority.problem.Problem;
import dev.latchkey.authority.realm.Site;
import dev.latchkey.authority.scope.ScopeSet;
import dev.latchkey.authority.state.Grant;
import dev.latchkey.authority.state.Stores;
import dev.latchkey.core.json.JsonObject;
import java.util.Optional;
import java.util.Set;

/** Lets an API call another on behalf of the person who called it (RFC 7523, Entra's on-behalf-of). */
final class OnBehalfOfGrant implements GrantHandler {
    private final Site site;
    private final Stores stores;
    private final TokenScopes scopes;
    private final UserTokens tokens;

    OnBehalfOfGrant(Site site, Stores stores, TokenScopes scopes, UserTokens tokens) {
        this.site = site;
        this.stores = stores;
        this.scopes = scopes;
        this.tokens = tokens;
    }

    @Override
    public IssuanceContext grant(TokenCall call) throws OAuthException {
        checkUse(call);
        JsonObject assertion = tokens.valid(call.required("assertion"))
                .orElseThrow(() -> Problem.ON_BEHALF_OF_INVALID.because(
                        "the assertion is not a valid access token of this authority, or it has expired"));
        checkAudience(assertion, call.client());
        Grant.Login login = tokens.login(assertion, call.realm())
                .orElseThrow(
                        () -> Problem.ON_BEHALF_OF_APP.because("the assertion is a token of an app: there is nobody"
                                + " to act on behalf of; use client_credentials"));
        Grant consent = new Grant(
                site.entropy().uuid().toString(),
                call.client(),
                call.realm(),
                login,
                new ScopeSet(Set.of(), java.util.List.of()));
        ScopeSet granted = scopes.onBehalf(call, consent);
        Grant grant = new Grant(consent.id(), call.client(), call.realm(), login, granted);
        Optional<String> refreshToken = granted.wantsRefreshToken()
                ? Optional.of(
                        stores.refreshTokens().begin(grant, site.settings().refreshTokens(call.client()), site.now()))
                : Optional.empty();
        return new IssuanceContext(grant, call.realm(), granted, Optional.empty(), refreshToken);
    }

    private static void checkUse(TokenCall call) throws OAuthException {
        if (!call.client().isConfidential()) {
            throw Problem.GRANT_NOT_ALLOWED.because("only a confidential client can act on behalf of a person");
        }
        String use = call.required("requested_token_use");
        if (!use.equals("on_behalf_of")) {
            throw Problem.UNSUPPORTED_VALUE.because("requested_token_use must be on_behalf_of, not " + use);
        }
    }

    private static void checkAudience(JsonObject assertion, Client client) throws OAuthException {
        boolean forUs = UserTokens.audience(assertion).stream()
                .anyMatch(audience -> audience.equals(client.clientId())
                        || client.exposedApis().contains(audience));
        if (!forUs) {
            throw Problem.ON_BEHALF_OF_INVALID.because("the assertion is for " + UserTokens.audience(assertion)
                    + ", not for the client " + client.clientId() + " or an API it exposes: " + client.exposedApis());
        }
    }
}
