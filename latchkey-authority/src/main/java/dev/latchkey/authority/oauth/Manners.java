package dev.latchkey.authority.oauth;

import dev.latchkey.authority.Client;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Claims in which a personality differs from the one it is like. */
final class Manners {
    private Manners() {}

    /** Changes the claims of an ID token or access token to what the realm's original has. */
    static void apply(Issue issue, Map<String, Object> claims) {
        switch (issue.realm().personality()) {
            case B2C -> b2c(issue, claims);
            case ADFS -> claims.putAll(adfs(issue));
            case ENTRA, CIAM, OIDC -> {
                // Nothing differs.
            }
        }
    }

    private static void b2c(Issue issue, Map<String, Object> claims) {
        claims.remove("tid");
        claims.remove("login_hint");
        claims.put("ver", "1.0");
        claims.put("tfp", issue.realm().policyName());
        claims.put("sub", issue.identity().objectId());
        claims.put("emails", List.of(issue.identity().user().userName()));
    }

    private static Map<String, Object> adfs(Issue issue) {
        Client client = issue.grant().client();
        Map<String, Object> claims = new LinkedHashMap<>();
        claims.put("upn", issue.identity().user().userName());
        claims.put("unique_name", issue.identity().user().userName());
        claims.put("appid", client.clientId());
        claims.put("apptype", client.isConfidential() ? "Confidential" : "Public");
        claims.put("ver", "1.0");
        return claims;
    }
}
