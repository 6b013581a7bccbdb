package dev.latchkey.authority.oauth;

import dev.latchkey.authority.Client;
import dev.latchkey.authority.GrantType;
import dev.latchkey.authority.http.Params;
import dev.latchkey.authority.http.Reply;
import dev.latchkey.authority.http.Request;
import dev.latchkey.authority.problem.OAuthException;
import dev.latchkey.authority.problem.Problem;
import dev.latchkey.authority.proof.DpopProofs;
import dev.latchkey.authority.realm.Realm;
import dev.latchkey.authority.realm.Site;
import dev.latchkey.authority.state.Stores;
import dev.latchkey.authority.token.SigningKeys;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The token endpoint (RFC 6749 section 3.2). */
public final class TokenEndpoint {
    private final ClientAuthentication authentication;
    private final DpopProofs proofs;
    private final Stores stores;
    private final Targets targets;
    private final Map<GrantType, TokenAnswer> answers;

    public TokenEndpoint(Site site, Stores stores, SigningKeys keys, DpopProofs proofs) {
        this.proofs = proofs;
        this.stores = stores;
        this.targets = new Targets(site);
        TokenScopes scopes = new TokenScopes(site, stores.consents());
        TokenIssuer issuer = new TokenIssuer(site, keys);
        UserTokens users = new UserTokens(site, stores, keys);
        this.authentication = new ClientAuthentication(site, stores);
        this.answers = Map.of(
                GrantType.AUTHORIZATION_CODE, answer(issuer, new CodeGrant(site, stores, scopes)),
                GrantType.REFRESH_TOKEN, answer(issuer, new RefreshGrant(site, stores, scopes)),
                GrantType.DEVICE_CODE, answer(issuer, new DeviceGrant(site, stores, scopes)),
                GrantType.JWT_BEARER, answer(issuer, new OnBehalfOfGrant(site, stores, scopes, users)),
                GrantType.TOKEN_EXCHANGE, new ExchangeGrant(site, issuer, users),
                GrantType.CLIENT_CREDENTIALS, new ClientCredentialsGrant(site, keys));
    }

    /** Tokens, or why not. */
    public Reply token(Realm realm, Request request) throws OAuthException {
        Params form = request.form();
        if (form.names().isEmpty()) {
            throw Problem.MALFORMED_REQUEST.because("the body must be application/x-www-form-urlencoded parameters");
        }
        for (String name : form.names()) {
            if (form.all(name).size() > 1 && !name.equals("resource") && !name.equals("audience")) {
                throw Problem.REPEATED_PARAMETER.because("the parameter " + name + " is given more than once");
            }
        }
        TokenAnswer answer = answer(realm, required(form, "grant_type"));
        Client client = authentication.authenticate(realm, request);
        CrossOrigin.check(realm, client, request, form.get("grant_type").orElse(""));
        return Reply.json(200, answer.to(new TokenCall(realm, client, form, keyThumbprint(realm, client, request))));
    }

    static String required(Params form, String name) throws OAuthException {
        return form.get(name)
                .orElseThrow(() -> Problem.MISSING_PARAMETER.because("the parameter " + name + " is missing"));
    }

    private TokenAnswer answer(Realm realm, String grantType) throws OAuthException {
        TokenAnswer found = GrantType.of(grantType)
                .filter(grant ->
                        realm.personality().isEntra() || grant.wireName().equals(grantType))
                .map(answers::get)
                .orElse(null);
        if (found == null) {
            throw Problem.GRANT_TYPE_UNSUPPORTED.because("grant_type " + grantType + " is not supported; supported: "
                    + Arrays.stream(GrantType.values()).map(GrantType::wireName).collect(Collectors.joining(", ")));
        }
        return found;
    }

    private TokenAnswer answer(TokenIssuer issuer, GrantHandler handler) {
        return call -> {
            Map<String, Object> audience = targets.audience(call);
            IssuanceContext context = handler.grant(call);
            // A public client has nothing but its key to show that a refresh token is its own.
            if (call.keyThumbprint().isPresent() && !call.client().isConfidential()) {
                stores.keyBindings()
                        .bind(context.grant().id(), call.keyThumbprint().get());
            }
            return issuer.answer(context.claims(audience), call);
        };
    }

    private Optional<String> keyThumbprint(Realm realm, Client client, Request request) throws OAuthException {
        if (!realm.knowsDpop()) {
            if (client.isDpopRequired()) {
                throw Problem.GRANT_NOT_ALLOWED.because("the client " + client.clientId()
                        + " gets tokens only with DPoP, which this kind of authority does not know; use /oidc");
            }
            return Optional.empty();
        }
        Optional<String> thumbprint = proofs.thumbprint(request, Optional.empty());
        if (thumbprint.isEmpty() && client.isDpopRequired()) {
            throw Problem.DPOP_PROOF_INVALID.because("the client " + client.clientId() + " must send a DPoP proof");
        }
        return thumbprint;
    }

    /** What the endpoint says to one grant type. */
    interface TokenAnswer {
        Map<String, Object> to(TokenCall call) throws OAuthException;
    }
}
