package dev.latchkey.authority.oauth;

import dev.latchkey.authority.problem.OAuthException;
import dev.latchkey.authority.problem.Problem;
import dev.latchkey.authority.realm.Site;
import dev.latchkey.authority.scope.ScopeResolver;
import dev.latchkey.authority.scope.ScopeSet;
import dev.latchkey.authority.state.Grant;
import dev.latchkey.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Exchanges a token for one that another API takes (RFC 8693). */
final class ExchangeGrant implements TokenEndpoint.TokenAnswer {
    private static final String ACCESS_TOKEN = "urn:ietf:params:oauth:token-type:access_token";
    private static final Set<String> UNDERSTOOD =
            Set.of(ACCESS_TOKEN, "urn:ietf:params:oauth:token-type:id_token", "urn:ietf:params:oauth:token-type:jwt");

    private final Site site;
    private final TokenIssuer issuer;
    private final Targets targets;
    private final UserTokens tokens;
    private final ScopeResolver scopes;

    ExchangeGrant(Site site, TokenIssuer issuer, UserTokens tokens) {
        this.site = site;
        this.issuer = issuer;
        this.targets = new Targets(site);
        this.tokens = tokens;
        this.scopes = new ScopeResolver(site.directory().apis());
    }

    @Override
    public Map<String, Object> to(TokenCall call) throws OAuthException {
        if (call.realm().personality().isEntra()) {
            throw Problem.GRANT_TYPE_UNSUPPORTED.because("token exchange is not supported here; use on_behalf_of");
        }
        checkTypes(call);
        JsonObject subject = token(call, "subject_token");
        Grant.Login login = tokens.login(subject, call.realm())
                .orElseThrow(
                        () -> Problem.SUBJECT_TOKEN_INVALID.because("the subject_token has no person of this realm"));
        Map<String, Object> claims = new LinkedHashMap<>(targets.audience(call));
        if (call.form().get("actor_token").isPresent()) {
            claims.put("act", Map.of("sub", token(call, "actor_token").string("sub", "")));
        }
        ScopeSet wanted = scopes.resolve(call.form().get("scope").orElse(""));
        Grant grant = new Grant(site.entropy().uuid().toString(), call.client(), call.realm(), login, wanted);
        IssuanceContext context =
                new IssuanceContext(grant, call.realm(), withoutIdToken(wanted), Optional.empty(), Optional.empty());
        Map<String, Object> answer = issuer.answer(context.claims(claims), call);
        answer.put("issued_token_type", ACCESS_TOKEN);
        return answer;
    }

    private static void checkTypes(TokenCall call) throws OAuthException {
        String wanted = call.form().get("requested_token_type").orElse(ACCESS_TOKEN);
        if (!wanted.equals(ACCESS_TOKEN)) {
            throw Problem.UNSUPPORTED_VALUE.because(
                    "requested_token_type " + wanted + " is not supported; use " + ACCESS_TOKEN);
        }
        List<String> types = new ArrayList<>(List.of(call.required("subject_token_type")));
        if (call.form().get("actor_token").isPresent()) {
            types.add(call.required("actor_token_type"));
        }
        for (String type : types) {
            if (!UNDERSTOOD.contains(type)) {
                throw Problem.UNSUPPORTED_VALUE.because(
                        "the token type " + type + " is not understood; use one of " + UNDERSTOOD);
            }
        }
    }

    private JsonObject token(TokenCall call, String parameter) throws OAuthException {
        return tokens.valid(call.required(parameter))
                .orElseThrow(() -> Problem.SUBJECT_TOKEN_INVALID.because(
                        "the " + parameter + " is not a valid token of this authority, or it has expired"));
    }

    private static ScopeSet withoutIdToken(ScopeSet wanted) {
        return new ScopeSet(Set.of(), wanted.permissions());
    }
}
