package dev.latchkey.internal.authority;

import dev.latchkey.core.account.AccountAuthority;
import dev.latchkey.core.discovery.Authority;
import dev.latchkey.core.discovery.Clouds;
import dev.latchkey.core.discovery.IssuerBinding;
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
    /** What its accounts are named by and bound to. */
    public AccountAuthority accounts() {
        return new AccountAuthority(authority, environment, IssuerBinding.of(authority, metadata, environment));
    }

    /** Whether it knows {@code client_info} and {@code client-request-id}. */
    public boolean isEntraShaped() {
        return authority.kind().isEntraShaped();
    }
}
