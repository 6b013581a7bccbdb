package dev.latchkey;

/**
 * When an application asks for a refresh token by the scope {@code offline_access} (OpenID Connect Core 11), besides
 * requests that name the scope themselves.
 */
public enum OfflineAccess {
    /**
     * As the default scopes say, but not where the authority's metadata lists the scopes that it supports and this is none
     * of them: such authorities may reject it. Entra ID, B2C and External ID support it whatever they list.
     */
    AUTO,

    /** Always, whatever the metadata lists. */
    ALWAYS,

    /** Never: for authorities that issue refresh tokens anyway, and for applications that want none. */
    NEVER
}
