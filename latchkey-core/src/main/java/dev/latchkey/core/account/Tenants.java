package dev.latchkey.core.account;

import dev.latchkey.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** Which tenant a token speaks for. */
final class Tenants {
    private Tenants() {}

    /**
     * {@code tid}; for Entra and B2C else the policy ({@code tfp}, formerly {@code acr}), else the home tenant. Other
     * providers use {@code acr} for the strength of a sign-in, which changes from one to the next: there it is no
     * tenant.
     */
    static String ofClaims(AuthorityType type, @Nullable ClientInfo clientInfo, JsonObject claims) {
        String tenant = claims.string("tid", "");
        if (type != AuthorityType.MSSTS || !tenant.isEmpty()) {
            return tenant;
        }
        String policy = claims.string("tfp", claims.string("acr", ""));
        return policy.isEmpty() && clientInfo != null ? clientInfo.utid() : policy;
    }

    /** Only {@code client_info} can say that the tenant of a token is not the account's home. */
    static boolean isHome(AuthorityType type, @Nullable ClientInfo clientInfo, String tenant, JsonObject claims) {
        return type != AuthorityType.MSSTS
                || clientInfo == null
                || !claims.has("tid")
                || tenant.equalsIgnoreCase(clientInfo.utid());
    }

    /** The part of {@code uid.utid} after the first dot. */
    static String homeTenant(String homeAccountId) {
        return homeAccountId.substring(homeAccountId.indexOf('.') + 1);
    }
}
