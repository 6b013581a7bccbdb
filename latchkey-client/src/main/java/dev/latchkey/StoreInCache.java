package dev.latchkey;

/**
 * Which tokens of a response are stored. A token that is not stored is still returned; the account is always stored.
 *
 * @param accessToken whether the access token is stored
 * @param idToken whether the ID token is stored
 * @param refreshToken whether the refresh token is stored; without it there is no silent renewal
 */
public record StoreInCache(boolean accessToken, boolean idToken, boolean refreshToken) {
    /** All tokens; the default. */
    public static final StoreInCache ALL = new StoreInCache(true, true, true);

    /** A copy that always stores the refresh token. */
    public StoreInCache withRefreshToken() {
        return new StoreInCache(accessToken, idToken, true);
    }
}
