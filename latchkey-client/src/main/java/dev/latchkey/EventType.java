package dev.latchkey;

/** What events tell. The names are those of the field's newest release. */
public enum EventType {
    /** A call for a token began. */
    ACQUIRE_TOKEN_START,
    /** A silent call could not be served from the cache and goes to the network. */
    ACQUIRE_TOKEN_NETWORK_START,
    /** A call for a token delivered one. */
    ACQUIRE_TOKEN_SUCCESS,
    /** A call for a token failed. */
    ACQUIRE_TOKEN_FAILURE,
    /** An account signed in that was not known before; told besides {@link #ACQUIRE_TOKEN_SUCCESS}. */
    LOGIN_SUCCESS,
    /** A page is about to be shown to the person. */
    POPUP_OPENED,
    /** The answer to a redirect is being taken in. */
    HANDLE_REDIRECT_START,
    /** The answer to a redirect was taken in, or there was none. */
    HANDLE_REDIRECT_END,
    /** A sign-out began. */
    LOGOUT_START,
    /** A sign-out worked: the tokens are gone from here, and the authority's page was shown if there is one. */
    LOGOUT_SUCCESS,
    /** A sign-out failed; the tokens are gone from here unless the store could not be written. */
    LOGOUT_FAILURE,
    /** A sign-out ended, one way or the other. */
    LOGOUT_END,
    /** Another account is active, or none. */
    ACTIVE_ACCOUNT_CHANGED
}
