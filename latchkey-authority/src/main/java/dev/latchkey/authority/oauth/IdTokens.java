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

    String issue(IssuanceContext context, String accessToken) {
        Instant now = site.now();
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("iss", context.realm().issuer(context.identity().tenant()));
        claims.put("aud", context.grant().client().clientId());
        claims.put("iat", now.getEpochSecond());
        claims.put("nbf", now.getEpochSecond());
        claims.put("exp", now.plus(LIFETIME).getEpochSecond());
        claims.put("sub", Subjects.of(context));
        claims.put(
                "auth_time",
                context.grant().login().signedIn().authenticatedAt().getEpochSecond());
        claims.put("sid", context.grant().login().signedIn().sessionId());
        claims.put("at_hash", Digests.halfHash(accessToken));
        context.nonce().ifPresent(nonce -> claims.put("nonce", nonce));
        if (context.realm().personality().isEntra()) {
            claims.put("ver", "2.0");
            claims.put("tid", context.identity().tenant().id().toString());
            claims.put("oid", context.identity().objectId());
            claims.put("login_hint", context.identity().loginHint());
        }
        claims.putAll(person(context.identity().user(), context.scopes().openId()));
        PersonalityClaims.apply(context, claims);
        claims.put(LatchkeyClaims.TEST_ONLY, true);
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
