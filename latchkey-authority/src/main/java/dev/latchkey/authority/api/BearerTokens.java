package dev.latchkey.authority.api;

import dev.latchkey.authority.User;
import dev.latchkey.authority.http.Request;
import dev.latchkey.authority.oauth.LatchkeyClaims;
import dev.latchkey.authority.problem.OAuthException;
import dev.latchkey.authority.proof.DpopProofs;
import dev.latchkey.authority.realm.Site;
import dev.latchkey.authority.state.Challenges;
import dev.latchkey.authority.state.Revocations;
import dev.latchkey.authority.state.Stores;
import dev.latchkey.authority.token.SigningKeys;
import dev.latchkey.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Verifies access tokens: signature, issuer, time, revocation, audience, scope, in this order. */
final class BearerTokens {
    private final Site site;
    private final SigningKeys keys;
    private final Revocations revocations;
    private final Challenges challenges;
    private final DpopProofs proofs;

    BearerTokens(Site site, SigningKeys keys, Stores stores, DpopProofs proofs) {
        this.proofs = proofs;
        this.challenges = stores.challenges();
        this.site = site;
        this.keys = keys;
        this.revocations = stores.revocations();
    }

    /** The claims of the request's token, good for one of the audiences and holding the scope. */
    JsonObject verify(Request request, List<String> audiences, String scope) throws BearerException {
        Presented presented = presented(request, scope);
        JsonObject claims = keys.verify(presented.token())
                .orElseThrow(() -> BearerException.invalid("The signature is not this authority's."));
        checkKey(claims, request, presented);
        checkIssuer(claims);
        checkTime(claims);
        if (revocations.isRevoked(claims.string(LatchkeyClaims.GRANT, ""))) {
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

    /** RFC 6750 section 2: in the header or in the body of a form, once. */
    private static Presented presented(Request request, String scope) throws BearerException {
        List<String> posted = request.isPost() ? request.form().all("access_token") : List.of();
        String[] parts = request.header("authorization").orElse("").strip().split(" +", 2);
        if (posted.size() + (parts[0].isEmpty() ? 0 : 1) > 1) {
            throw BearerException.malformed("The access token is given more than once.");
        }
        if (!posted.isEmpty()) {
            return new Presented(posted.get(0), false);
        }
        boolean dpop = parts[0].equalsIgnoreCase("dpop");
        if (parts.length < 2 || !(dpop || parts[0].equalsIgnoreCase("bearer"))) {
            throw BearerException.missing(scope);
        }
        return new Presented(parts[1], dpop);
    }

    /** The instant of the claims challenge a token must answer first; only clients that can are challenged. */
    Optional<Instant> challenge(JsonObject claims, User person) {
        Long answered = claims.number(LatchkeyClaims.CHALLENGED_AT);
        return challenges
                .of(person)
                .filter(instant -> claims.strings("xms_cc").contains("cp1"))
                .filter(instant -> answered == null || answered < instant.getEpochSecond());
    }

    /** RFC 9449 section 7: a bound token needs the proof of its key, and only a bound token may come with one. */
    private void checkKey(JsonObject claims, Request request, Presented presented) throws BearerException {
        JsonObject confirmation = claims.object("cnf");
        String bound = confirmation == null ? "" : confirmation.string("jkt", "");
        if (!presented.dpop()) {
            if (!bound.isEmpty()) {
                throw BearerException.invalid("The access token is bound to a key: use the scheme DPoP.");
            }
            return;
        }
        try {
            Optional<String> thumbprint = proofs.thumbprint(request, Optional.of(presented.token()));
            if (thumbprint.isEmpty() || !thumbprint.get().equals(bound)) {
                throw BearerException.dpop("invalid_token", "The proof is not of the key the token is bound to.", "");
            }
        } catch (OAuthException e) {
            throw BearerException.dpop(e.problem().error(), e.reason(), proofs.nonce());
        }
    }

    /** The person of verified claims. */
    User person(JsonObject claims) throws BearerException {
        String name = claims.string("oid", claims.string("sub", ""));
        return site.directory().users().stream()
                .filter(user -> isPerson(user, name))
                .findFirst()
                .orElseThrow(() -> BearerException.invalid("The person of the access token is no longer known."));
    }

    private boolean isPerson(User user, String objectId) {
        return site.directory().tenants().stream()
                .flatMap(tenant -> site.directory().in(tenant, user).stream())
                .anyMatch(identity -> identity.objectId().equals(objectId));
    }

    private void checkIssuer(JsonObject claims) throws BearerException {
        String issuer = claims.string("iss", "");
        if (!site.realms().isIssuer(issuer, claims.string("tid", ""))) {
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

    /** A token as it came, and whether as one that is bound to a key. */
    private record Presented(String token, boolean dpop) {
        @Override
        public String toString() {
            return "Presented[dpop=" + dpop + "]";
        }
    }
}
