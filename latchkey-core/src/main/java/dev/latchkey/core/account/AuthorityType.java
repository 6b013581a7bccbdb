package dev.latchkey.core.account;

import dev.latchkey.core.discovery.AuthorityKind;

/** The kind of authority that an account comes from; the names are those of the unified cache schema. */
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

    /** The type of accounts at authorities of the given kind. */
    public static AuthorityType of(AuthorityKind kind) {
        return switch (kind) {
            case ENTRA, B2C, CIAM -> MSSTS;
            case ADFS -> ADFS;
            case OIDC, OAUTH -> GENERIC;
        };
    }

    /** The type with that schema name, ignoring case; {@link #GENERIC} for unknown names. */
    public static AuthorityType ofSchemaName(String name) {
        if (name.equalsIgnoreCase(MSSTS.schemaName)) {
            return MSSTS;
        }
        return name.equalsIgnoreCase(ADFS.schemaName) ? ADFS : GENERIC;
    }
}
