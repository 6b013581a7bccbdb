package dev.latchkey.core.discovery;

import dev.latchkey.core.LowerCase;
import dev.latchkey.core.PrintableText;
import java.net.URI;
import java.util.Set;

/**
 * Which issuer a metadata document may name. A plain OpenID Connect provider: the authority itself (Discovery section
 * 4.3). The Microsoft kinds publish the document under other names than the issuer: same origin, a host of Microsoft's
 * clouds, a tenant's own host for External ID, or a host the application declared known. Which tokens belong to whom is
 * decided elsewhere, by {@code SameIssuer}.
 */
final class IssuerPolicy {
    private IssuerPolicy() {}

    static boolean fits(String issuer, Authority authority, Set<String> trustedHosts) {
        if (authority.kind().isIssuer()) {
            return authority.isAddress(issuer);
        }
        if (issuer.length() > Addresses.LONGEST) {
            return false;
        }
        URI uri;
        try {
            uri = URI.create(issuer.replace("{tenantid}", "tenantid"));
        } catch (IllegalArgumentException e) {
            return false;
        }
        return PrintableText.isPrintable(issuer)
                && Addresses.mayName(authority.uri(), uri)
                && (sameOrigin(uri, authority)
                        || bothMicrosoft(uri, authority)
                        || isCiam(uri, authority)
                        || trustedHosts.contains(LowerCase.of(uri.getHost())));
    }

    private static boolean sameOrigin(URI issuer, Authority authority) {
        return issuer.getScheme().equalsIgnoreCase(authority.uri().getScheme())
                && issuer.getAuthority().equalsIgnoreCase(authority.uri().getAuthority());
    }

    /** External ID names its issuer by the tenant's id where the authority may use the tenant's name. */
    private static boolean isCiam(URI issuer, Authority authority) {
        String host = LowerCase.of(issuer.getHost());
        String label = host.substring(0, Math.max(host.indexOf('.'), 0));
        String path = LowerCase.of(issuer.getPath());
        String tenant = "/" + label;
        return authority.kind() == AuthorityKind.CIAM
                && host.equals(label + ".ciamlogin.com")
                && Set.of(tenant, tenant + "/", tenant + "/v2.0", tenant + "/v2.0/")
                        .contains(path);
    }

    private static boolean bothMicrosoft(URI issuer, Authority authority) {
        return Clouds.BUILT_IN.knows(issuer.getHost())
                && Clouds.BUILT_IN.knows(authority.uri().getHost());
    }
}
