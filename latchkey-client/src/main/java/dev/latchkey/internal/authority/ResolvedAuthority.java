package dev.latchkey.internal.authority;

import dev.latchkey.core.account.AuthorityType;
import dev.latchkey.core.discovery.Authority;
import dev.latchkey.core.discovery.Clouds;
import dev.latchkey.core.discovery.ProviderMetadata;

/**
 * An authority that is trusted and has told where its endpoints are.
 *
 * @param authority which
 * @param metadata what it says of itself
 * @param environment the name its tokens are stored under
 * @param clouds which hosts are names of one cloud
 */
public record ResolvedAuthority(Authority authority, ProviderMetadata metadata, String environment, Clouds clouds) {
    /** Whether accounts of that environment are this authority's: other libraries may store them under another alias. */
    public boolean isHomeOf(String otherEnvironment) {
        return clouds.areAliases(environment, otherEnvironment);
    }

    /** The type of its accounts. */
    public AuthorityType accountType() {
        return switch (authority.kind()) {
            case ENTRA, B2C, CIAM -> AuthorityType.MSSTS;
            case ADFS -> AuthorityType.ADFS;
            case OIDC -> AuthorityType.GENERIC;
        };
    }

    /** Whether it knows {@code client_info} and {@code client-request-id}. */
    public boolean isEntraShaped() {
        return authority.kind().isEntraShaped();
    }
}
