package dev.latchkey.integration.foreign;

import dev.latchkey.authority.LocalAuthority;
import dev.latchkey.core.discovery.AuthorityKind;
import java.net.URI;

/** An authority where Latchkey and another library sign in. */
enum SharedRealm {
    COMMON(AuthorityKind.ENTRA),
    TENANT(AuthorityKind.ENTRA),
    NAMED_TENANT(AuthorityKind.ENTRA),
    ADFS(AuthorityKind.ADFS),
    OIDC(AuthorityKind.OIDC);

    final AuthorityKind kind;

    SharedRealm(AuthorityKind kind) {
        this.kind = kind;
    }

    URI address(LocalAuthority authority) {
        return switch (this) {
            case COMMON -> authority.entraAuthority("common");
            case TENANT -> authority.entraAuthority("contoso");
            case NAMED_TENANT -> URI.create(authority.baseUri() + "/contoso.example");
            case ADFS -> authority.adfsAuthority();
            case OIDC -> authority.oidcIssuer();
        };
    }
}
