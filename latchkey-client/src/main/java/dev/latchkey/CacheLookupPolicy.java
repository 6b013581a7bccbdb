package dev.latchkey;

/** Where a silent call may look for a token. The ordinals are MSAL's numeric values. */
public enum CacheLookupPolicy {
    /** Cached access token, then refresh token, then the hidden frame if there is a page. */
    DEFAULT(true, true),
    /** Cached access token only; never the network. */
    ACCESS_TOKEN(true, false),
    /** Cached access token, then refresh token. */
    ACCESS_TOKEN_AND_REFRESH_TOKEN(true, true),
    /** Refresh token only: what {@code forceRefresh} does if there is no page. */
    REFRESH_TOKEN(false, true),
    /** Refresh token, then the hidden frame: what {@code forceRefresh} does. */
    REFRESH_TOKEN_AND_NETWORK(false, true),
    /** The hidden frame only. Without a page, the call always fails because it requires interaction. */
    SKIP(false, false);

    private final boolean usesAccessToken;
    private final boolean usesRefreshToken;

    CacheLookupPolicy(boolean usesAccessToken, boolean usesRefreshToken) {
        this.usesAccessToken = usesAccessToken;
        this.usesRefreshToken = usesRefreshToken;
    }

    /** Whether a cached access token may be returned. */
    public boolean usesAccessToken() {
        return usesAccessToken;
    }

    /** Whether a refresh token may be redeemed. */
    public boolean usesRefreshToken() {
        return usesRefreshToken;
    }
}
