package dev.latchkey.authority.oauth;

import dev.latchkey.authority.User;
import dev.latchkey.authority.realm.Site;
import dev.latchkey.authority.token.Digests;
import dev.latchkey.authority.token.SigningKeys;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Makes ID tokens (OpenID Connect Core section 2). */
final class IdTokens {
    private static final Duration LIFETIME = Duration.ofHours(1);

    private final Site site;
    private final SigningKeys keys;

    IdTokens(Site site, SigningKeys keys) {
        this.site = site;
        this.keys = keys;
    }

    String issue(Issue issue, String accessToken) {
        Instant now = site.now();
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", issue.realm().issuer(issue.identity().tenant()));
        claims.put("aud", issue.grant().client().clientId());
        claims.put("iat", now.getEpochSecond());
        claims.put("nbf", now.getEpochSecond());
        claims.put("exp", now.plus(LIFETIME).getEpochSecond());
        claims.put("sub", Subjects.of(issue));
        claims.put(
                "auth_time", issue.grant().login().signedIn().authenticatedAt().getEpochSecond());
        claims.put("sid", issue.grant().login().signedIn().sessionId());
        claims.put("at_hash", Digests.halfHash(accessToken));
        issue.nonce().ifPresent(nonce -> claims.put("nonce", nonce));
        if (issue.realm().personality().isEntra()) {
            claims.put("ver", "2.0");
            claims.put("tid", issue.identity().tenant().id().toString());
            claims.put("oid", issue.identity().objectId());
            claims.put("login_hint", issue.identity().loginHint());
        }
        claims.putAll(person(issue.identity().user(), issue.scopes().openId()));
        Manners.apply(issue, claims);
        claims.put(Marker.TEST_ONLY, true);
        return keys.sign(claims, "JWT");
    }

    private static Map<String, Object> person(User user, Set<String> scopes) {
        Map<String, Object> claims = new LinkedHashMap<>();
        if (scopes.contains("profile")) {
            claims.put("name", user.displayName());
            claims.put("preferred_username", user.userName());
        }
        if (scopes.contains("email") && user.userName().contains("@")) {
            claims.put("email", user.userName());
        }
        claims.putAll(user.claims());
        return claims;
    }
}
