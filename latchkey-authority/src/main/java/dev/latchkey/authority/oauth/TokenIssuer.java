package dev.latchkey.authority.oauth;

import dev.latchkey.authority.ApiResource;
import dev.latchkey.authority.Endpoint;
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

    Map<String, Object> answer(Issue issue, TokenCall call) throws OAuthException {
        boolean clientInfo = call.form().get("client_info").filter("1"::equals).isPresent();
        boolean entra = issue.realm().personality().isEntra();
        Duration lifetime = site.settings().accessTokenLifetime(issue.grant().client());
        String accessToken = accessToken(issue, lifetime, call);
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("token_type", call.keyThumbprint().isPresent() ? "DPoP" : "Bearer");
        answer.put("scope", issue.scopes().answer(!entra));
        answer.put("expires_in", lifetime.toSeconds());
        if (entra) {
            answer.put("ext_expires_in", lifetime.toSeconds());
            site.settings()
                    .refreshIn(issue.grant().client())
                    .ifPresent(refreshIn -> answer.put("refresh_in", refreshIn.toSeconds()));
        }
        answer.put("access_token", accessToken);
        issue.refreshToken().ifPresent(token -> answer.put("refresh_token", token));
        if (issue.scopes().wantsIdToken()) {
            answer.put("id_token", idTokens.issue(issue, accessToken));
        }
        if (issue.grant().client().isInFamily()) {
            answer.put("foci", "1");
        }
        if (entra && clientInfo) {
            answer.put(
                    "client_info", ClientInfo.of(issue.identity(), issue.realm().policyName()));
        }
        return answer;
    }

    private String accessToken(Issue issue, Duration lifetime, TokenCall call) throws OAuthException {
        ClaimsRequest asked = call.claims();
        boolean entra = issue.realm().personality().isEntra();
        Instant now = site.now();
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", issue.realm().issuer(issue.identity().tenant()));
        claims.put("aud", audience(issue));
        claims.put("iat", now.getEpochSecond());
        claims.put("nbf", now.getEpochSecond());
        claims.put("exp", now.plus(lifetime).getEpochSecond());
        claims.put("sub", Subjects.of(issue));
        claims.putAll(entra ? entraClaims(issue) : plainClaims(issue));
        Manners.apply(issue, claims);
        if (asked.capabilities().stream().anyMatch("cp1"::equalsIgnoreCase)) {
            claims.put("xms_cc", List.of("cp1"));
        }
        asked.notBefore().ifPresent(instant -> claims.put(Marker.CHALLENGED_AT, instant));
        call.keyThumbprint().ifPresent(thumbprint -> claims.put("cnf", Map.of("jkt", thumbprint)));
        claims.putAll(issue.accessTokenClaims());
        claims.put(Marker.GRANT, issue.grant().id());
        claims.put(Marker.TEST_ONLY, true);
        // RFC 9068 would have at+jwt; resource servers that only know their issuer refuse it (Spring Security does).
        return keys.sign(claims, "JWT");
    }

    private Map<String, Object> entraClaims(Issue issue) {
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("ver", "2.0");
        claims.put("tid", issue.identity().tenant().id().toString());
        claims.put("oid", issue.identity().objectId());
        claims.put("azp", issue.grant().client().clientId());
        claims.put("azpacr", issue.grant().client().isConfidential() ? "1" : "0");
        claims.put("scp", issue.scopes().claim());
        claims.put("name", issue.identity().user().displayName());
        claims.put("preferred_username", issue.identity().user().userName());
        claims.put("sid", issue.grant().login().signedIn().sessionId());
        claims.put("uti", site.entropy().token());
        return claims;
    }

    /** RFC 9068 section 2.2. */
    private Map<String, Object> plainClaims(Issue issue) {
        Map<String, Object> claims = new LinkedHashMap<>();
        Grant grant = issue.grant();
        claims.put("client_id", grant.client().clientId());
        claims.put("scope", issue.scopes().answer(true));
        claims.put("jti", site.entropy().uuid().toString());
        claims.put("auth_time", grant.login().signedIn().authenticatedAt().getEpochSecond());
        return claims;
    }

    private Object audience(Issue issue) {
        List<String> audiences = issue.scopes().permissions().stream()
                .map(ResourceScope::api)
                .map(ApiResource::audience)
                .distinct()
                .toList();
        if (audiences.isEmpty()) {
            return issue.realm().personality().isEntra()
                    ? site.directory().apis().get(0).audience()
                    : issue.realm().uri(Endpoint.USERINFO);
        }
        return audiences.size() == 1 ? audiences.get(0) : audiences;
    }
}
