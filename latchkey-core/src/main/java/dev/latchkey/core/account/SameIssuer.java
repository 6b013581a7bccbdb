package dev.latchkey.core.account;

import dev.latchkey.core.LowerCase;
import dev.latchkey.core.discovery.Authority;
import dev.latchkey.core.discovery.AuthorityKind;
import dev.latchkey.core.discovery.Clouds;
import dev.latchkey.core.discovery.IssuerBinding;
import org.jspecify.annotations.Nullable;

/**
 * The one rule that says whose a token is: may what one issuer gave be served for an authority, or sent to it? Every way
 * out asks here: a cached token, a refresh, a revocation, the end of a session, user info, a hint for the sign-in page,
 * the client's own credentials. Asks nobody; immutable.
 *
 * <p>The rule is <em>same issuer</em>. For Entra ID that is the same cloud instance, whatever the tenant; for B2C the
 * same tenant, in which each policy keeps its own accounts. A host decides only where it is one issuer by its nature: a
 * cloud's, or a tenant's own under {@code ciamlogin.com} and {@code b2clogin.com}. What a token or an answer says about
 * itself decides nothing.
 */
public final class SameIssuer {
    private final Clouds clouds;

    /** The rule, with what is known of clouds. */
    public SameIssuer(Clouds clouds) {
        this.clouds = clouds;
    }

    /**
     * Whether what rests under a key belongs to an authority.
     *
     * @param binding what it is bound to; null if nobody recorded that, as in a cache made by other means
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

    /** Whether two authorities are one issuer. */
    public boolean test(Authority one, Authority other) {
        if (one.kind() != other.kind()) {
            return false;
        }
        return switch (one.kind()) {
            case ENTRA -> clouds.areAliases(one.host(), other.host());
            case B2C, CIAM -> isTenantsOwnHost(one) ? one.host().equals(other.host()) : isSameAddress(one, other);
            case ADFS, OIDC -> isSameAddress(one, other);
        };
    }

    /** The name under which an application keeps what concerns an authority's issuer. */
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
