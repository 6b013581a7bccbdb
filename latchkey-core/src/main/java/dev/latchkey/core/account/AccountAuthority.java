package dev.latchkey.core.account;

import dev.latchkey.core.PrintableText;
import dev.latchkey.core.discovery.Authority;
import dev.latchkey.core.discovery.AuthorityKind;
import dev.latchkey.core.discovery.IssuerBinding;
import dev.latchkey.core.json.JsonObject;

/**
 * Where an account signed in: what identifies the authority's accounts.
 *
 * @param authority the authority that was used
 * @param environment the name under which its tokens are stored
 * @param binding the issuer that its accounts are bound to
 */
public record AccountAuthority(Authority authority, String environment, IssuerBinding binding) {
    /** An Entra cloud, by the name under which its tokens are stored, for example {@code login.windows.net}. */
    public static AccountAuthority ofCloud(String environment) {
        return new AccountAuthority(
                Authority.of("https://" + environment + "/common", AuthorityKind.ENTRA),
                environment,
                IssuerBinding.ofCloud(environment));
    }

    AuthorityKind kind() {
        return authority.kind();
    }

    /** B2C's policy as it was asked for: an ID token may name it or not. */
    String policy() {
        String policy = authority.realm();
        return policy == null ? "" : policy;
    }

    /** The issuer that makes a subject unique; Entra's tenants are issuers within the cloud. */
    String issuer(JsonObject claims) {
        return switch (kind()) {
            case ENTRA -> claims.string("iss", binding.issuer());
            case OIDC, OAUTH -> binding.issuer();
            case B2C, CIAM, ADFS -> binding.id();
        };
    }

    @Override
    public String toString() {
        return PrintableText.of("AccountAuthority[" + authority + ", " + environment + "]");
    }
}
