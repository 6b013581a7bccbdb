package dev.latchkey.authority;

/** What can be asked of the authority. */
public enum Endpoint {
    /** OpenID Provider metadata. */
    METADATA,
    /** Entra's instance discovery. */
    INSTANCE_DISCOVERY,
    /** The keys that signatures are checked with. */
    KEYS,
    /** Where a person's browser is sent. */
    AUTHORIZE,
    /** Where a device begins (RFC 8628 section 3.1). */
    DEVICE_AUTHORIZATION,
    /** Where a person types the code a device shows. */
    DEVICE_PAGE,
    /** A form of the authority's own pages, posted. */
    PAGE,
    /** Where codes and refresh tokens become access tokens. */
    TOKEN,
    /** Where refresh tokens are taken back. */
    REVOCATION,
    /** Claims about the person, for an access token. */
    USERINFO,
    /** Signs a person out. */
    LOGOUT,
    /** The protected API. */
    API,
    /** Style sheet, script and icon of the pages. */
    ASSET;

    /** Whether a person reads the answer, so that errors are pages. */
    public boolean facesPeople() {
        return this == AUTHORIZE || this == PAGE || this == DEVICE_PAGE || this == LOGOUT;
    }
}
