package dev.latchkey.authority.oauth;

import dev.latchkey.authority.SigningAlgorithm;
import dev.latchkey.authority.User;
import dev.latchkey.authority.claims.ClaimsRequest;
import dev.latchkey.authority.claims.PersonClaims;
import dev.latchkey.authority.realm.Personality;
import dev.latchkey.authority.realm.Site;
import dev.latchkey.authority.token.ClientSignatures;
import dev.latchkey.authority.token.Digests;
import dev.latchkey.authority.token.SigningKeys;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Makes ID tokens (OpenID Connect Core section 2). */
final class IdTokens {
    private static final Duration LIFETIME = Duration.ofHours(1);

    private final Site site;
    private final ClientSignatures signatures;

    IdTokens(Site site, SigningKeys keys) {
        this.site = site;
        this.signatures = new ClientSignatures(keys, site.directory()::client);
    }

    String issue(IssuanceContext context, String accessToken) {
        Instant now = site.now();
        SigningAlgorithm algorithm =
                context.realm().algorithm(context.grant().client().idTokenSignedResponseAlg());
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
        claims.put("at_hash", Digests.halfHash(accessToken, algorithm));
        context.nonce().ifPresent(nonce -> claims.put("nonce", nonce));
        if (context.realm().personality().isEntra()) {
            claims.put("ver", "2.0");
            claims.put("tid", context.identity().tenant().id().toString());
            claims.put("oid", context.identity().objectId());
            claims.put("login_hint", context.identity().loginHint());
        }
        User user = context.identity().user();
        claims.putAll(PersonClaims.usual(user, context.scopes().openId()));
        claims.putAll(PersonClaims.named(user, context.grant().claims().idToken()));
        if (context.realm().personality() == Personality.OIDC) {
            claims.put("acr", ClaimsRequest.PASSWORD);
        }
        PersonalityClaims.apply(context, claims);
        claims.put(LatchkeyClaims.TEST_ONLY, true);
        return signatures.sign(context.grant().client(), algorithm, "JWT", claims);
    }
}
