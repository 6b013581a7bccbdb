package dev.latchkey.internal.authority;

import dev.latchkey.core.discovery.Authority;
import dev.latchkey.core.discovery.AuthorityKind;
import dev.latchkey.core.discovery.ProviderMetadata;
import dev.latchkey.core.error.ClientAuthException;
import dev.latchkey.core.error.ClientConfigurationException;
import dev.latchkey.core.error.ErrorCodes;
import dev.latchkey.internal.environment.Settings;
import org.jspecify.annotations.Nullable;

/**
 * The metadata document that the application brings along instead of having it fetched. It also serves the other tenants
 * of the same Entra authority: their addresses differ in the tenant alone.
 */
final class SuppliedMetadata {
    private final Settings.Identity identity;

    SuppliedMetadata(Settings.Identity identity) {
        this.identity = identity;
    }

    /** The metadata for an authority, or null if none was brought along for it. */
    @Nullable
    ProviderMetadata of(Authority named, Authority asked, String correlationId) {
        String document = identity.authorityMetadata().orElse(null);
        Authority own = identity.authority();
        if (document == null || !isOwnOrSibling(named, own)) {
            return null;
        }
        String fitting = document.replace("/" + own.tenant() + "/", "/" + named.tenant() + "/");
        try {
            return ProviderMetadata.parse(fitting, asked, identity.knownAuthorities());
        } catch (ClientAuthException e) {
            throw new ClientConfigurationException(
                    e.details().code(ErrorCodes.INVALID_AUTHORITY_METADATA).correlationId(correlationId));
        }
    }

    private static boolean isOwnOrSibling(Authority named, Authority own) {
        return named.equals(own)
                || (own.kind() == AuthorityKind.ENTRA
                        && named.kind() == AuthorityKind.ENTRA
                        && named.host().equals(own.host()));
    }
}
