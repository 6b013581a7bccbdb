package dev.latchkey.core.discovery;

/** The kinds of authorities. They differ in where metadata is found, which issuer is valid, and what a tenant is. */
public enum AuthorityKind {
    /** Microsoft Entra ID: the tenant is the first path segment, {@code /v2.0/} metadata, template issuers. */
    ENTRA,
    /** Azure AD B2C: {@code /tenant/policy}, each policy with its own tokens. */
    B2C,
    /** Entra External ID, {@code tenant.ciamlogin.com}. */
    CIAM,
    /** Active Directory Federation Services, {@code /adfs}. */
    ADFS,
    /** Any OpenID Connect provider: the authority is the issuer. */
    OIDC,
    /**
     * An OAuth 2.0 authorization server without OpenID Connect, such as GitHub: it issues no ID tokens, so accounts are
     * what its user info endpoint says. Its metadata is that of RFC 8414, or supplied.
     */
    OAUTH;

    /** Whether the authority issues ID tokens, which say who signed in. */
    public boolean issuesIdTokens() {
        return this != OAUTH;
    }

    /** Whether the authority's address is its issuer. */
    boolean isIssuer() {
        return this == OIDC || this == OAUTH;
    }

    /** Whether its hosts name clouds, each of which is one issuer with many tenants. */
    public boolean hasClouds() {
        return this == ENTRA;
    }

    /** Whether the authority supports {@code client_info}, tenants and {@code client-request-id}. */
    public boolean isEntraShaped() {
        return this == ENTRA || this == B2C || this == CIAM;
    }
}
