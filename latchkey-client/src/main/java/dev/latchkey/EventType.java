package dev.latchkey;

/** The types of events. The names are those of {@code @azure/msal-browser}. */
public enum EventType {
    /** A call for a token began. */
    ACQUIRE_TOKEN_START,
    /** A silent call could not be served from the cache and goes to the network. */
    ACQUIRE_TOKEN_NETWORK_START,
    /** A call for a token succeeded. */
    ACQUIRE_TOKEN_SUCCESS,
    /** A call for a token failed. */
    ACQUIRE_TOKEN_FAILURE,
    /** An account signed in that was not known before; sent in addition to {@link #ACQUIRE_TOKEN_SUCCESS}. */
    LOGIN_SUCCESS,
    /** A page is about to be shown to the user. */
    POPUP_OPENED,
    /** The response to a redirect is being processed. */
    HANDLE_REDIRECT_START,
    /** The response to a redirect was processed, or there was none. */
    HANDLE_REDIRECT_END,
    /** A sign-out began. */
    LOGOUT_START,
    /** A sign-out succeeded: the local tokens are removed, and the authority's page was shown if it has one. */
    LOGOUT_SUCCESS,
    /** A sign-out failed; the local tokens are removed unless the store could not be written. */
    LOGOUT_FAILURE,
    /** A sign-out ended, successfully or not. */
    LOGOUT_END,
    /** The active account changed, possibly to none. */
    ACTIVE_ACCOUNT_CHANGED
}
