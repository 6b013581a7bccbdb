package dev.latchkey.authority.oauth;

import dev.latchkey.authority.Client;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Claims in which a personality differs from the one it is like. */
final class PersonalityClaims {
    private PersonalityClaims() {}

    /** Changes the claims of an ID token or access token to what the realm's original has. */
    static void apply(IssuanceContext context, Map<String, Object> claims) {
        switch (context.realm().personality()) {
            case B2C -> b2c(context, claims);
            case ADFS -> claims.putAll(adfs(context));
            case ENTRA, CIAM, OIDC -> {
                // Nothing differs.
            }
        }
    }

    private static void b2c(IssuanceContext context, Map<String, Object> claims) {
        claims.remove("tid");
        claims.remove("login_hint");
        claims.put("ver", "1.0");
        claims.put("tfp", context.realm().policyName());
        claims.put("sub", context.identity().objectId());
        claims.put("emails", List.of(context.identity().user().userName()));
    }

    private static Map<String, Object> adfs(IssuanceContext context) {
        Client client = context.grant().client();
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("upn", context.identity().user().userName());
        claims.put("unique_name", context.identity().user().userName());
        claims.put("appid", client.clientId());
        claims.put("apptype", client.isConfidential() ? "Confidential" : "Public");
        claims.put("ver", "1.0");
        return claims;
    }
}
