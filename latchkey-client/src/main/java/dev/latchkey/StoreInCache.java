package dev.latchkey;

/**
 * Which tokens of an answer are stored; what is not stored is still returned. The account always is.
 *
 * @param accessToken whether the access token is stored
 * @param idToken whether the ID token is stored
 * @param refreshToken whether the refresh token is stored; without it there is no silent renewal
 */
public record StoreInCache(boolean accessToken, boolean idToken, boolean refreshToken) {
    /** Everything, the default. */
    public static final StoreInCache ALL = new StoreInCache(true, true, true);

    /** The same, and the refresh token in any case. */
    public StoreInCache withRefreshToken() {
        return new StoreInCache(accessToken, idToken, true);
    }
}
