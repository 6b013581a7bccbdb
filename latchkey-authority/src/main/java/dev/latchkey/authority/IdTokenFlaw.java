package dev.latchkey.authority;

/** What can be wrong with an ID token, in the order of OpenID Connect Core section 3.1.3.7. */
public enum IdTokenFlaw {
    /** {@code iss} of somebody else. */
    WRONG_ISSUER,
    /** {@code aud} of another client. */
    WRONG_AUDIENCE,
    /** {@code aud} with the client and a stranger in it, and no {@code azp}. */
    SEVERAL_AUDIENCES,
    /** Signed with a key that is not published. */
    UNKNOWN_KEY,
    /** Names a published key, but was not signed with it. */
    BROKEN_SIGNATURE,
    /** {@code alg} is {@code none} and there is no signature. */
    ALG_NONE,
    /** {@code alg} is {@code HS256} and the key is the published public key, for verifiers that confuse the two. */
    ALG_HS256,
    /** {@code exp} an hour ago. */
    EXPIRED,
    /** {@code iat} and {@code nbf} in an hour. */
    NOT_YET_VALID,
    /** {@code nonce} of another request. */
    WRONG_NONCE,
    /** No {@code nonce}. */
    MISSING_NONCE,
    /** {@code sub} of another person. */
    WRONG_SUBJECT,
    /** No {@code sub}. */
    MISSING_SUBJECT,
    /** {@code at_hash} of another access token. */
    WRONG_AT_HASH,
    /** Not a JWT at all. */
    NOT_A_JWT
}
