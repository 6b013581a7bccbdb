package dev.latchkey.authority.oauth;

import dev.latchkey.authority.Client;
import dev.latchkey.authority.GrantType;
import dev.latchkey.authority.http.Params;
import dev.latchkey.authority.http.Reply;
import dev.latchkey.authority.http.Request;
import dev.latchkey.authority.problem.OAuthException;
import dev.latchkey.authority.problem.Problem;
import dev.latchkey.authority.realm.Realm;
import dev.latchkey.authority.realm.Site;
import dev.latchkey.authority.state.Stores;
import dev.latchkey.authority.token.SigningKeys;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;

/** The token endpoint (RFC 6749 section 3.2). */
public final class TokenEndpoint {
    private final ClientAuthentication authentication;
    private final Map<GrantType, Grantor> grantors;
    private final TokenIssuer issuer;

    public TokenEndpoint(Site site, Stores stores, SigningKeys keys) {
        TokenScopes scopes = new TokenScopes(site, stores.consents());
        this.authentication = new ClientAuthentication(site);
        this.issuer = new TokenIssuer(site, keys);
        this.grantors = Map.of(
                GrantType.AUTHORIZATION_CODE, new CodeGrant(site, stores, scopes),
                GrantType.REFRESH_TOKEN, new RefreshGrant(site, stores, scopes));
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
        Grantor grantor = grantor(required(form, "grant_type"));
        Client client = authentication.authenticate(realm, request);
        Issue issue = grantor.grant(realm, client, form);
        boolean clientInfo = form.get("client_info").filter("1"::equals).isPresent();
        return Reply.json(200, issuer.answer(issue, clientInfo));
    }

    static String required(Params form, String name) throws OAuthException {
        return form.get(name)
                .orElseThrow(() -> Problem.MISSING_PARAMETER.because("the parameter " + name + " is missing"));
    }

    private Grantor grantor(String grantType) throws OAuthException {
        Grantor found = GrantType.of(grantType).map(grantors::get).orElse(null);
        if (found == null) {
            throw Problem.GRANT_TYPE_UNSUPPORTED.because("grant_type " + grantType + " is not supported; supported: "
                    + Arrays.stream(GrantType.values()).map(GrantType::wireName).collect(Collectors.joining(", ")));
        }
        return found;
    }
}
