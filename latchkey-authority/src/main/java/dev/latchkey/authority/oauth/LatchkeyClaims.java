package dev.latchkey.authority.oauth;

/** Claims that only this authority's tokens have. */
public final class LatchkeyClaims {
    /** True in every token: nothing real may accept it. */
    public static final String TEST_ONLY = "latchkey_test_only";

    /** Which grant a token belongs to, so that it can be revoked with it. */
    public static final String GRANT = "latchkey_grant";

    /** Which claims challenge the token answers: the instant it named, in seconds. */
    public static final String CHALLENGED_AT = "latchkey_challenged_at";

    /** Which claims its client asked of user info by name. */
    public static final String USER_INFO = "latchkey_userinfo";

    private LatchkeyClaims() {}
}
