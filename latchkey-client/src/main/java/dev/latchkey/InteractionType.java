package dev.latchkey;

/** How the token was acquired. */
public enum InteractionType {
    /** The user interacts in a separate browser window; the program waits. */
    POPUP,
    /** The page itself navigates to the authority and back. */
    REDIRECT,
    /** No user interaction. */
    SILENT,
    /** The user enters a code on another device (RFC 8628). */
    DEVICE_CODE
}
