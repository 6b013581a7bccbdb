package dev.latchkey.authority.oauth;

import dev.latchkey.authority.directory.Identity;
import dev.latchkey.authority.realm.Realm;
import dev.latchkey.authority.realm.Site;
import dev.latchkey.authority.state.Grant;
import dev.latchkey.authority.state.SignedIn;
import dev.latchkey.authority.state.Stores;
import dev.latchkey.authority.token.SigningKeys;
import dev.latchkey.core.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Understands this authority's own tokens when a client hands them in. */
final class UserTokens {
    private final Site site;
    private final Stores stores;
    private final SigningKeys keys;

    UserTokens(Site site, Stores stores, SigningKeys keys) {
        this.site = site;
        this.stores = stores;
        this.keys = keys;
    }

    /** The claims of a token that is signed here, in its time and not revoked. */
    Optional<JsonObject> valid(String token) {
        return keys.verify(token).filter(this::isCurrent);
    }

    /** The person of a token as a realm knows them; empty for a token without a person. */
    Optional<Grant.Login> login(JsonObject claims, Realm realm) {
        String name = claims.string("oid", claims.string("sub", ""));
        return site.directory().users().stream()
                .flatMap(user -> realm.identify(site.directory(), user).stream())
                .filter(identity -> isMeant(identity, name))
                .findFirst()
                .map(identity -> new Grant.Login(
                        identity,
                        new SignedIn(
                                identity.user(),
                                Instant.ofEpochSecond(orZero(claims.number("auth_time"))),
                                claims.string("sid", ""))));
    }

    /** The {@code aud} claim, one or several. */
    static List<String> audience(JsonObject claims) {
        String one = claims.string("aud");
        return one == null ? claims.strings("aud") : List.of(one);
    }

    private boolean isMeant(Identity identity, String name) {
        boolean guest = site.directory().tenants().stream()
                .flatMap(tenant -> site.directory().in(tenant, identity.user()).stream())
                .anyMatch(other -> other.objectId().equals(name));
        return guest || identity.user().id().toString().equals(name);
    }

    private boolean isCurrent(JsonObject claims) {
        Instant now = site.now();
        boolean revoked = stores.revocations().isRevoked(claims.string(LatchkeyClaims.GRANT, ""));
        boolean expired = !now.isBefore(Instant.ofEpochSecond(orZero(claims.number("exp"))));
        boolean early = now.isBefore(Instant.ofEpochSecond(orZero(claims.number("nbf"))));
        return !revoked && !expired && !early;
    }

    private static long orZero(@org.jspecify.annotations.Nullable Long number) {
        return number == null ? 0 : number;
    }
}
