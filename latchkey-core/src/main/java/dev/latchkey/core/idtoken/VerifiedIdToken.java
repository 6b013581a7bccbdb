package dev.latchkey.core.idtoken;

import dev.latchkey.core.PrintableText;
import dev.latchkey.core.Secret;
import dev.latchkey.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/** An ID token whose signature and claims were checked (OpenID Connect Core 3.1.3.7). Immutable. */
public final class VerifiedIdToken {
    private final Secret token;
    private final JsonObject claims;

    VerifiedIdToken(Secret token, JsonObject claims) {
        this.token = token;
        this.claims = claims;
    }

    /** The compact serialisation, for {@code id_token_hint}. */
    public Secret token() {
        return token;
    }

    /** All claims. */
    public JsonObject claims() {
        return claims;
    }

    /** The subject: who signed in, by the issuer's identifier. */
    public String subject() {
        return claims.string("sub", "");
    }

    /** The issuer. */
    public String issuer() {
        return claims.string("iss", "");
    }

    /** The tenant, {@code tid}; null if the issuer knows no tenants. */
    public @Nullable String tenantId() {
        return claims.string("tid");
    }

    /** The claims' names only: they describe a person. */
    @Override
    public String toString() {
        return PrintableText.of("VerifiedIdToken" + claims.names());
    }
}
