package dev.latchkey.authority.oauth;

import dev.latchkey.authority.Client;
import dev.latchkey.authority.http.Reply;
import dev.latchkey.authority.http.Request;
import dev.latchkey.authority.problem.OAuthException;
import dev.latchkey.authority.problem.Problem;
import dev.latchkey.authority.realm.Realm;
import dev.latchkey.authority.realm.Site;
import dev.latchkey.authority.state.RefreshToken;
import dev.latchkey.authority.state.Stores;
import dev.latchkey.authority.token.SigningKeys;
import dev.latchkey.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What can be done with tokens after they were issued: revocation (RFC 7009), introspection (RFC 7662). */
public final class TokenManagement {
    private static final List<String> TOLD =
            List.of("scope", "scp", "client_id", "azp", "exp", "iat", "nbf", "sub", "aud", "iss", "jti", "cnf", "act");

    private final Site site;
    private final Stores stores;
    private final ClientAuthentication authentication;
    private final UserTokens tokens;

    public TokenManagement(Site site, Stores stores, SigningKeys keys) {
        this.site = site;
        this.stores = stores;
        this.authentication = new ClientAuthentication(site, stores);
        this.tokens = new UserTokens(site, stores, keys);
    }

    /** The client that proves itself with a request. */
    public Client authenticate(Realm realm, Request request) throws OAuthException {
        return authentication.authenticate(realm, request);
    }

    /** Revokes every token of the grant a token belongs to. An unknown token is as good as a revoked one. */
    public Reply revoke(Realm realm, Request request) throws OAuthException {
        Client client = authenticate(realm, request);
        String token = TokenEndpoint.required(request.form(), "token");
        Optional<RefreshToken> refreshToken = stores.refreshTokens().find(token);
        Optional<JsonObject> accessToken = tokens.valid(token);
        refreshToken.filter(found -> isOf(client, found)).ifPresent(found -> stores.revocations()
                .revoke(found.grant().id()));
        accessToken
                .filter(claims -> client.clientId().equals(claims.string("client_id", claims.string("azp", ""))))
                .ifPresent(claims -> stores.revocations().revoke(claims.string(LatchkeyClaims.GRANT, "")));
        return Reply.empty(200).header("Cache-Control", "no-store");
    }

    /** Whether a token is good, and what it says. */
    public Reply introspect(Realm realm, Request request) throws OAuthException {
        Client client = authenticate(realm, request);
        if (!client.isConfidential()) {
            throw Problem.CREDENTIAL_MISSING.because("only a confidential client may introspect tokens");
        }
        String token = TokenEndpoint.required(request.form(), "token");
        Optional<RefreshToken> refreshToken = stores.refreshTokens().find(token);
        if (refreshToken.isPresent()) {
            return Reply.json(200, describe(client, refreshToken.get()));
        }
        return Reply.json(
                200, tokens.valid(token).map(TokenManagement::describe).orElse(Map.of("active", false)));
    }

    private Map<String, Object> describe(Client client, RefreshToken token) {
        boolean active = isOf(client, token)
                && !token.isSpent(site.now())
                && !token.hasExpired(site.now())
                && !stores.revocations().isRevoked(token.grant().id());
        if (!active) {
            return Map.of("active", false);
        }
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("active", true);
        body.put("client_id", token.grant().client().clientId());
        token.grant().scopes().answer(true).ifPresent(scope -> body.put("scope", scope));
        body.put("sub", token.grant().identity().user().id().toString());
        body.put("iat", token.issuedAt().getEpochSecond());
        return body;
    }

    private static Map<String, Object> describe(JsonObject claims) {
        Map<String, Object> body = new LinkedHashMap<>();
        // An ID token is for its client, not for an API to ask about.
        boolean accessToken = claims.has("client_id") || claims.has("azp");
        body.put("active", accessToken);
        if (accessToken) {
            boolean bound = claims.object("cnf") != null;
            body.put("token_type", bound ? "DPoP" : "Bearer");
            TOLD.stream()
                    .filter(claims::has)
                    .forEach(name -> body.put(name, claims.asMap().get(name)));
        }
        return body;
    }

    private static boolean isOf(Client client, RefreshToken token) {
        return token.grant().client().clientId().equals(client.clientId());
    }
}
