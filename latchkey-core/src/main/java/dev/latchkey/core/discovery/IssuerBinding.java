package dev.latchkey.core.discovery;

import dev.latchkey.core.PrintableText;
import org.jspecify.annotations.Nullable;

/**
 * The issuer that an account and its tokens are bound to, recorded when they came and were checked. Immutable.
 *
 * @param issuer the issuer identifier; for Entra ID the template of the cloud, because one cloud instance is one issuer
 *     with many tenants
 * @param authority the canonical address that was asked, for B2C without the policy; null for a cloud, and where it is
 *     not known, as in a cache that another library wrote
 */
public record IssuerBinding(String issuer, @Nullable String authority) {
    private static final String TENANT = "/{tenantid}";

    /** There is one copy of each text: every cached token is asked for it. */
    public IssuerBinding {
        issuer = issuer.intern();
        authority = authority == null ? null : authority.intern();
    }

    /**
     * The binding of what an authority gives.
     *
     * @param environment the name under which its tokens are stored
     */
    public static IssuerBinding of(Authority authority, ProviderMetadata metadata, String environment) {
        return authority.kind() == AuthorityKind.ENTRA
                ? ofCloud(environment)
                : new IssuerBinding(metadata.issuer().toString(), addressOf(authority));
    }

    /** The binding to an Entra cloud, by the name under which its tokens are stored. */
    public static IssuerBinding ofCloud(String environment) {
        return new IssuerBinding("https://" + environment + TENANT + "/v2.0", null);
    }

    /** The address that stands for the whole issuer: for B2C that of the tenant, whatever the policy. */
    public static String addressOf(Authority authority) {
        String address = authority.uri().toString();
        return authority.kind() == AuthorityKind.B2C ? address.substring(0, address.lastIndexOf('/')) : address;
    }

    /** The host of the cloud, or null if this is no cloud. */
    public @Nullable String cloud() {
        int start = issuer.indexOf("://") + 3;
        int end = issuer.indexOf(TENANT);
        return end > start ? issuer.substring(start, end) : null;
    }

    /** Whether both are to one issuer; what another library wrote is told by its identifier alone. */
    public boolean isSameAs(IssuerBinding other) {
        boolean isKnown = authority != null && other.authority != null;
        return isKnown ? id().equals(other.id()) : issuer.equals(other.issuer);
    }

    /**
     * What tells the issuer from every other: its identifier if that is its address, else the address. The Microsoft kinds
     * may name an issuer that is not their address, so its name alone proves nothing.
     */
    public String id() {
        if (authority == null) {
            return issuer;
        }
        boolean isAddress = issuer.equals(authority) || issuer.equals(authority + "/");
        return isAddress ? issuer : authority;
    }

    @Override
    public String toString() {
        return PrintableText.of("IssuerBinding[" + id() + "]");
    }
}
