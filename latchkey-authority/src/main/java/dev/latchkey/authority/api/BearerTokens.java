package dev.latchkey.authority.api;

import dev.latchkey.authority.Tenant;
import dev.latchkey.authority.User;
import dev.latchkey.authority.http.Request;
import dev.latchkey.authority.oauth.Marker;
import dev.latchkey.authority.realm.Site;
import dev.latchkey.authority.state.Revocations;
import dev.latchkey.authority.token.SigningKeys;
import dev.latchkey.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** Verifies access tokens: signature, issuer, time, revocation, audience, scope, in this order. */
final class BearerTokens {
    private final Site site;
    private final SigningKeys keys;
    private final Revocations revocations;

    BearerTokens(Site site, SigningKeys keys, Revocations revocations) {
        this.site = site;
        this.keys = keys;
        this.revocations = revocations;
    }

    /** The claims of the request's token, good for one of the audiences and holding the scope. */
    JsonObject verify(Request request, List<String> audiences, String scope) throws BearerException {
        String header = request.header("authorization").orElse("");
        if (!header.toLowerCase(Locale.ROOT).startsWith("bearer ")) {
            throw BearerException.missing(scope);
        }
        JsonObject claims = keys.verify(header.substring(7).strip())
                .orElseThrow(() -> BearerException.invalid("The signature is not this authority's."));
        checkIssuer(claims);
        checkTime(claims);
        if (revocations.isRevoked(claims.string(Marker.GRANT, ""))) {
            throw BearerException.invalid("The access token has been revoked.");
        }
        if (!audiences.isEmpty() && audience(claims).stream().noneMatch(audiences::contains)) {
            throw BearerException.invalid(
                    "The access token is for " + audience(claims) + ", not for " + audiences.get(0) + ".");
        }
        if (!scopes(claims).contains(scope)) {
            throw BearerException.insufficient(scope);
        }
        return claims;
    }

    /** The person of verified claims. */
    User person(JsonObject claims) throws BearerException {
        String name = claims.string("oid", claims.string("sub", ""));
        return site.directory().users().stream()
                .filter(user -> isPerson(user, name))
                .findFirst()
                .orElseThrow(() -> BearerException.invalid("The person of the access token is not known any more."));
    }

    private boolean isPerson(User user, String objectId) {
        return site.directory().tenants().stream()
                .flatMap(tenant -> site.directory().in(tenant, user).stream())
                .anyMatch(identity -> identity.objectId().equals(objectId));
    }

    private void checkIssuer(JsonObject claims) throws BearerException {
        String issuer = claims.string("iss", "");
        boolean plain = issuer.equals(site.realms().oidc().advertisedIssuer());
        boolean entra = site.directory().tenants().stream()
                .map(Tenant::id)
                .anyMatch(id -> issuer.equals(site.realms().base() + "/" + id + "/v2.0")
                        && id.toString().equals(claims.string("tid")));
        if (!plain && !entra) {
            throw BearerException.invalid("The issuer is not one of this authority.");
        }
    }

    private void checkTime(JsonObject claims) throws BearerException {
        Instant now = site.now();
        Long expires = claims.number("exp");
        Long begins = claims.number("nbf");
        if (expires == null || !now.isBefore(Instant.ofEpochSecond(expires))) {
            throw BearerException.invalid("The access token expired.");
        }
        if (begins != null && now.isBefore(Instant.ofEpochSecond(begins))) {
            throw BearerException.invalid("The access token is not valid yet.");
        }
    }

    private static List<String> audience(JsonObject claims) {
        String one = claims.string("aud");
        return one == null ? claims.strings("aud") : List.of(one);
    }

    private static List<String> scopes(JsonObject claims) {
        // An ID token has neither claim, so it never passes for an access token.
        String scopes = claims.string("scp", claims.string("scope", ""));
        return List.of(scopes.split(" ", -1)).stream()
                .map(scope -> scope.substring(scope.lastIndexOf('/') + 1))
                .toList();
    }
}
