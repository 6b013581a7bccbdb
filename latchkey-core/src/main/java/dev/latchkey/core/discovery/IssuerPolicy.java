package dev.latchkey.core.discovery;

import dev.latchkey.core.PrintableText;
import java.net.URI;
import java.util.Locale;
import java.util.Set;

/**
 * Which issuer a metadata document may name. A plain OpenID Connect provider: the authority itself (Discovery section
 * 4.3). The Microsoft kinds publish the document under other names than the issuer: same origin, a host of the same
 * cloud, a tenant's own host for External ID, or a host the application declared known.
 */
final class IssuerPolicy {
    private IssuerPolicy() {}

    static boolean fits(String issuer, Authority authority, Set<String> trustedHosts) {
        if (authority.kind() == AuthorityKind.OIDC) {
            return authority.isAddress(issuer);
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
                        || trustedHosts.contains(uri.getHost().toLowerCase(Locale.ROOT)));
    }

    private static boolean sameOrigin(URI issuer, Authority authority) {
        return issuer.getScheme().equalsIgnoreCase(authority.uri().getScheme())
                && issuer.getAuthority().equalsIgnoreCase(authority.uri().getAuthority());
    }

    /** External ID names its issuer by the tenant's id where the authority may use the tenant's name. */
    private static boolean isCiam(URI issuer, Authority authority) {
        String label = issuer.getHost().toLowerCase(Locale.ROOT).split("\\.", 2)[0];
        return authority.kind() == AuthorityKind.CIAM
                && issuer.getHost().equalsIgnoreCase(label + ".ciamlogin.com")
                && issuer.getPath().toLowerCase(Locale.ROOT).matches("/\\Q" + label + "\\E(/v2\\.0)?/?");
    }

    private static boolean bothMicrosoft(URI issuer, Authority authority) {
        return Clouds.BUILT_IN.knows(issuer.getHost())
                && Clouds.BUILT_IN.knows(authority.uri().getHost());
    }
}
