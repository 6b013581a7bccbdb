package dev.latchkey.core.account;

import dev.latchkey.core.LowerCase;
import dev.latchkey.core.discovery.Authority;
import dev.latchkey.core.discovery.AuthorityKind;
import dev.latchkey.core.discovery.Clouds;
import dev.latchkey.core.discovery.IssuerBinding;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a token from one issuer may be served for an authority, or sent to it. The rule applies to every use:
 * cached tokens, refreshes, revocations, sign-out, user info, hints for the sign-in page and the client's own
 * credentials. Sends no request; immutable.
 *
 * <p>The rule is <em>same issuer</em>. For Entra ID that is the same cloud instance, whatever the tenant; for B2C the
 * same tenant, in which each policy keeps its own accounts. The host alone decides only if it always is one issuer: a
 * cloud's host, or a tenant's own host under {@code ciamlogin.com} and {@code b2clogin.com}. What a token or a response
 * says about itself is never considered.
 */
public final class SameIssuer {
    private final Clouds clouds;

    /** Creates the rule for the known clouds. */
    public SameIssuer(Clouds clouds) {
        this.clouds = clouds;
    }

    /**
     * Whether the data stored under a key belongs to an authority.
     *
     * @param binding the issuer it is bound to; null if not recorded, as in a cache written by other software
     */
    public boolean test(PartitionKey key, @Nullable IssuerBinding binding, Authority authority) {
        if (authority.kind() == AuthorityKind.ENTRA) {
            String cloud = binding == null ? key.environment() : binding.cloud();
            return cloud != null && clouds.areAliases(cloud, authority.host());
        }
        if (isTenantsOwnHost(authority)) {
            return key.environment().equals(authority.host());
        }
        if (binding != null && binding.authority() != null) {
            return binding.authority().equals(IssuerBinding.addressOf(authority));
        }
        return binding == null ? HomeAccountId.names(key.id(), authority) : authority.isAddress(binding.issuer());
    }

    /** Whether two authorities are the same issuer. */
    public boolean test(Authority one, Authority other) {
        if (one.kind() != other.kind()) {
            return false;
        }
        return switch (one.kind()) {
            case ENTRA -> clouds.areAliases(one.host(), other.host());
            case B2C, CIAM -> isTenantsOwnHost(one) ? one.host().equals(other.host()) : isSameAddress(one, other);
            case ADFS, OIDC, OAUTH -> isSameAddress(one, other);
        };
    }

    /** The name under which an application stores data that concerns an authority's issuer. */
    public String nameOf(Authority authority) {
        if (authority.kind() == AuthorityKind.ENTRA) {
            return clouds.environmentOf(authority.host());
        }
        return isTenantsOwnHost(authority) ? authority.host() : IssuerBinding.addressOf(authority);
    }

    private static boolean isSameAddress(Authority one, Authority other) {
        return IssuerBinding.addressOf(one).equals(IssuerBinding.addressOf(other));
    }

    /** Microsoft gives each customer tenant a host of its own. */
    private static boolean isTenantsOwnHost(Authority authority) {
        String host = LowerCase.of(authority.host());
        return (authority.kind() == AuthorityKind.CIAM && host.endsWith(".ciamlogin.com"))
                || (authority.kind() == AuthorityKind.B2C && host.endsWith(".b2clogin.com"));
    }
}
