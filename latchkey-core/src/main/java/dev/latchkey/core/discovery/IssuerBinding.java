package dev.latchkey.core.discovery;

import dev.latchkey.core.PrintableText;
import org.jspecify.annotations.Nullable;

/**
 * The issuer that an account and its tokens are bound to, recorded when they were received and checked. Immutable.
 *
 * @param issuer the issuer identifier; for Entra ID the template of the cloud, because one cloud instance is one issuer
 *     with many tenants
 * @param authority the canonical address of the authority, for B2C without the policy; null for a cloud, and if
 *     unknown, as in a cache written by another library
 */
public record IssuerBinding(String issuer, @Nullable String authority) {
    private static final String TENANT = "/{tenantid}";

    /** Shares one copy of each text, because they are needed for every cached token. */
    public IssuerBinding {
        issuer = issuer.intern();
        authority = authority == null ? null : authority.intern();
    }

    /**
     * Creates the binding of accounts and tokens from an authority.
     *
     * @param environment the name under which its tokens are stored
     */
    public static IssuerBinding of(Authority authority, ProviderMetadata metadata, String environment) {
        return authority.kind() == AuthorityKind.ENTRA
                ? ofCloud(environment)
                : new IssuerBinding(metadata.issuer().toString(), addressOf(authority));
    }

    /** Creates the binding to an Entra cloud, by the name under which its tokens are stored. */
    public static IssuerBinding ofCloud(String environment) {
        return new IssuerBinding("https://" + environment + TENANT + "/v2.0", null);
    }

    /** The address that stands for the whole issuer: for B2C that of the tenant, whatever the policy. */
    public static String addressOf(Authority authority) {
        String address = authority.uri().toString();
        return authority.kind() == AuthorityKind.B2C ? address.substring(0, address.lastIndexOf('/')) : address;
    }

    /** The host of the cloud, or null if the issuer is not a cloud. */
    public @Nullable String cloud() {
        int start = issuer.indexOf("://") + 3;
        int end = issuer.indexOf(TENANT);
        return end > start ? issuer.substring(start, end) : null;
    }

    /** Whether both are bound to the same issuer. If an authority is null, only the issuer identifiers are compared. */
    public boolean isSameAs(IssuerBinding other) {
        boolean isKnown = authority != null && other.authority != null;
        return isKnown ? id().equals(other.id()) : issuer.equals(other.issuer);
    }

    /**
     * The unique id of the issuer: its identifier if that is its address, otherwise the address. The Microsoft kinds
     * may name an issuer that is not their address, so the name alone proves nothing.
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
