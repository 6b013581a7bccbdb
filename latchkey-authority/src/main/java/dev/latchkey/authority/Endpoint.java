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
    /** Where authorization requests are pushed (RFC 9126). */
    PUSHED_AUTHORIZATION,
    /** Where tokens are given back (RFC 7009). */
    REVOCATION,
    /** Where an API asks about a token (RFC 7662). */
    INTROSPECTION,
    /** Where clients register themselves (RFC 7591). */
    REGISTRATION,
    /** Claims about the person, for an access token. */
    USERINFO,
    /** Signs a person out. */
    LOGOUT,
    /** The protected API. */
    API,
    /** Style sheet, script and icon of the pages. */
    ASSET;

    /** Whether only POST is answered. */
    public boolean isPosted() {
        return switch (this) {
            case TOKEN, PAGE, DEVICE_AUTHORIZATION, PUSHED_AUTHORIZATION, REVOCATION, INTROSPECTION, REGISTRATION ->
                true;
            default -> false;
        };
    }

    /** Whether a person reads the answer, so that errors are pages. */
    public boolean facesPeople() {
        return this == AUTHORIZE || this == PAGE || this == DEVICE_PAGE || this == LOGOUT;
    }
}
