package dev.latchkey.core.account;

import dev.latchkey.core.discovery.AuthorityKind;

/** What kind of authority an account comes from; the names are those of the unified cache schema. */
public enum AuthorityType {
    /** Microsoft Entra ID, Azure AD B2C, Entra External ID. */
    MSSTS("MSSTS"),
    /** Active Directory Federation Services. */
    ADFS("ADFS"),
    /** Any other OpenID Connect provider. */
    GENERIC("Generic");

    private final String schemaName;

    AuthorityType(String schemaName) {
        this.schemaName = schemaName;
    }

    /** The value of {@code authority_type} in the unified cache schema. */
    public String schemaName() {
        return schemaName;
    }

    /** The type of the accounts of authorities of a kind. */
    public static AuthorityType of(AuthorityKind kind) {
        return switch (kind) {
            case ENTRA, B2C, CIAM -> MSSTS;
            case ADFS -> ADFS;
            case OIDC -> GENERIC;
        };
    }

    /** The type of that schema name, ignoring case; unknown names are {@link #GENERIC}. */
    public static AuthorityType ofSchemaName(String name) {
        if (name.equalsIgnoreCase(MSSTS.schemaName)) {
            return MSSTS;
        }
        return name.equalsIgnoreCase(ADFS.schemaName) ? ADFS : GENERIC;
    }
}
