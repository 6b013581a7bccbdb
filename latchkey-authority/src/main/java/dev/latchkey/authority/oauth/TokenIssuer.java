package dev.latchkey.authority.oauth;

import dev.latchkey.authority.ApiResource;
import dev.latchkey.authority.Endpoint;
import dev.latchkey.authority.claims.ClaimsRequest;
import dev.latchkey.authority.problem.OAuthException;
import dev.latchkey.authority.realm.Site;
import dev.latchkey.authority.scope.ResourceScope;
import dev.latchkey.authority.state.Grant;
import dev.latchkey.authority.token.ClientInfo;
import dev.latchkey.authority.token.SigningKeys;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** Makes the token endpoint's answer (RFC 6749 section 5.1). */
final class TokenIssuer {
    private final Site site;
    private final SigningKeys keys;
    private final IdTokens idTokens;

    TokenIssuer(Site site, SigningKeys keys) {
        this.site = site;
        this.keys = keys;
        this.idTokens = new IdTokens(site, keys);
    }

    Map<String, Object> answer(IssuanceContext context, TokenCall call) throws OAuthException {
        boolean clientInfo = call.form().get("client_info").filter("1"::equals).isPresent();
        boolean entra = context.realm().personality().isEntra();
        Duration lifetime = site.settings().accessTokenLifetime(context.grant().client());
        String accessToken = accessToken(context, lifetime, call);
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("token_type", call.keyThumbprint().isPresent() ? "DPoP" : "Bearer");
        context.scopes().answer(!entra).ifPresent(scope -> answer.put("scope", scope));
        answer.put("expires_in", lifetime.toSeconds());
        if (entra) {
            answer.put("ext_expires_in", lifetime.toSeconds());
            site.settings()
                    .refreshIn(context.grant().client())
                    .ifPresent(refreshIn -> answer.put("refresh_in", refreshIn.toSeconds()));
        }
        answer.put("access_token", accessToken);
        context.refreshToken().ifPresent(token -> answer.put("refresh_token", token));
        if (context.scopes().wantsIdToken()) {
            answer.put("id_token", idTokens.issue(context, accessToken));
        }
        if (context.grant().client().isInFamily()) {
            answer.put("foci", "1");
        }
        if (entra && clientInfo) {
            answer.put(
                    "client_info",
                    ClientInfo.of(context.identity(), context.realm().policyName()));
        }
        return answer;
    }

    private String accessToken(IssuanceContext context, Duration lifetime, TokenCall call) throws OAuthException {
        ClaimsRequest asked = call.claims();
        boolean entra = context.realm().personality().isEntra();
        Instant now = site.now();
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", context.realm().issuer(context.identity().tenant()));
        claims.put("aud", audience(context));
        claims.put("iat", now.getEpochSecond());
        claims.put("nbf", now.getEpochSecond());
        claims.put("exp", now.plus(lifetime).getEpochSecond());
        claims.put("sub", Subjects.of(context));
        claims.putAll(entra ? entraClaims(context) : plainClaims(context));
        PersonalityClaims.apply(context, claims);
        if (asked.capabilities().stream().anyMatch("cp1"::equalsIgnoreCase)) {
            claims.put("xms_cc", List.of("cp1"));
        }
        asked.notBefore().ifPresent(instant -> claims.put(LatchkeyClaims.CHALLENGED_AT, instant));
        call.keyThumbprint().ifPresent(thumbprint -> claims.put("cnf", Map.of("jkt", thumbprint)));
        claims.putAll(context.accessTokenClaims());
        if (!context.grant().claims().userInfo().isEmpty()) {
            claims.put(
                    LatchkeyClaims.USER_INFO,
                    List.copyOf(new TreeSet<>(context.grant().claims().userInfo())));
        }
        claims.put(LatchkeyClaims.GRANT, context.grant().id());
        claims.put(LatchkeyClaims.TEST_ONLY, true);
        // RFC 9068 would have at+jwt; resource servers that only know their issuer refuse it (Spring Security does).
        return keys.sign(claims, "JWT");
    }

    private Map<String, Object> entraClaims(IssuanceContext context) {
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("ver", "2.0");
        claims.put("tid", context.identity().tenant().id().toString());
        claims.put("oid", context.identity().objectId());
        claims.put("azp", context.grant().client().clientId());
        claims.put("azpacr", context.grant().client().isConfidential() ? "1" : "0");
        context.scopes().claim().ifPresent(scopes -> claims.put("scp", scopes));
        claims.put("name", context.identity().user().displayName());
        claims.put("preferred_username", context.identity().user().userName());
        claims.put("sid", context.grant().login().signedIn().sessionId());
        claims.put("uti", site.entropy().token());
        return claims;
    }

    /** RFC 9068 section 2.2. */
    private Map<String, Object> plainClaims(IssuanceContext context) {
        Map<String, Object> claims = new LinkedHashMap<>();
        Grant grant = context.grant();
        claims.put("client_id", grant.client().clientId());
        context.scopes().answer(true).ifPresent(scope -> claims.put("scope", scope));
        claims.put("jti", site.entropy().uuid().toString());
        claims.put("auth_time", grant.login().signedIn().authenticatedAt().getEpochSecond());
        return claims;
    }

    private Object audience(IssuanceContext context) {
        List<String> audiences = context.scopes().permissions().stream()
                .map(ResourceScope::api)
                .map(ApiResource::audience)
                .distinct()
                .toList();
        if (audiences.isEmpty()) {
            return context.realm().personality().isEntra()
                    ? site.directory().apis().get(0).audience()
                    : context.realm().uri(Endpoint.USERINFO);
        }
        return audiences.size() == 1 ? audiences.get(0) : audiences;
    }
}
