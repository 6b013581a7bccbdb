package dev.latchkey;

/** How the token was acquired. */
public enum InteractionType {
    /** The person is asked in a browser window of their own; the program waits. */
    POPUP,
    /** The page itself goes to the authority and comes back. */
    REDIRECT,
    /** Nobody is asked. */
    SILENT,
    /** The person types a code on another device (RFC 8628). */
    DEVICE_CODE
}
