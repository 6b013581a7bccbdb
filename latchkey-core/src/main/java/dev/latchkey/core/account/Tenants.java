package dev.latchkey.core.account;

import dev.latchkey.core.discovery.AuthorityKind;
import dev.latchkey.core.json.JsonObject;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which tenant a token speaks for. What a token says about itself counts as far as its issuer bears it out. */
final class Tenants {
    private Tenants() {}

    /** The tenant of Entra's issuer, the policy that was asked at B2C; elsewhere there are none. */
    static String of(AccountAuthority at, JsonObject claims) {
        return switch (at.kind()) {
            case ENTRA, CIAM -> ofIssuer(claims.string("iss", ""), claims.string("tid", ""));
            case B2C -> at.policy();
            case ADFS, OIDC, OAUTH -> "";
        };
    }

    /** Only {@code client_info} can say that the tenant of a token is not the account's home. */
    static boolean isHome(AccountAuthority at, @Nullable ClientInfo hint, String tenant) {
        return hint == null
                || tenant.isEmpty()
                || at.kind() != AuthorityKind.ENTRA
                || tenant.equalsIgnoreCase(hint.utid());
    }

    /**
     * Whether {@code client_info}, which nobody signs, says what the verified ID token says: the person's object id
     * where the tenant is their home, at B2C together with the policy; and a tenant that the issuer stands for.
     */
    static boolean agrees(AccountAuthority at, ClientInfo hint, JsonObject claims) {
        return switch (at.kind()) {
            case ENTRA -> !of(at, claims).equalsIgnoreCase(hint.utid()) || isObjectId(hint.uid(), claims);
            case CIAM -> of(at, claims).equalsIgnoreCase(hint.utid()) && isObjectId(hint.uid(), claims);
            case B2C ->
                hasSegment(claims.string("iss", ""), hint.utid())
                        && (isOfPolicy(hint.uid(), claims.string("oid"), at.policy())
                                || isOfPolicy(hint.uid(), claims.string("sub"), at.policy()));
            case ADFS, OIDC, OAUTH -> false;
        };
    }

    /** The part of {@code uid.utid} after the first dot. */
    static String homeTenant(String homeAccountId) {
        return homeAccountId.substring(homeAccountId.indexOf('.') + 1);
    }

    /** Not every ID token holds an {@code oid}: then a second subject under one id is found when it is saved. */
    private static boolean isObjectId(String uid, JsonObject claims) {
        return uid.equalsIgnoreCase(claims.string("oid", uid));
    }

    private static boolean isOfPolicy(String uid, @Nullable String person, String policy) {
        return person != null && !person.isEmpty() && uid.equalsIgnoreCase(person + "-" + policy);
    }

    /** Version 2 issuers end in {@code /tenant/v2.0}, those of version 1 in {@code /tenant/}. */
    static String ofIssuer(String issuer, String tid) {
        List<String> segments = segments(issuer);
        if (segments.isEmpty() || hasSegment(issuer, tid)) {
            return tid;
        }
        String last = segments.get(segments.size() - 1);
        return last.equals("v2.0") && segments.size() > 1 ? segments.get(segments.size() - 2) : last;
    }

    private static boolean hasSegment(String issuer, String name) {
        return segments(issuer).stream().anyMatch(name::equalsIgnoreCase);
    }

    /** Of the path only. */
    private static List<String> segments(String issuer) {
        int authority = issuer.indexOf("://");
        int path = authority < 0 ? -1 : issuer.indexOf('/', authority + 3);
        return path < 0
                ? List.of()
                : Arrays.stream(issuer.substring(path).split("/"))
                        .filter(segment -> !segment.isEmpty())
                        .toList();
    }
}
