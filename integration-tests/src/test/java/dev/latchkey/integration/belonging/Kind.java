package dev.latchkey.integration.belonging;

/** The kind of a secret. */
enum Kind {
    ACCESS_TOKEN,
    REFRESH_TOKEN,
    ID_TOKEN,
    CODE,
    DEVICE_CODE,
    VERIFIER,
    STATE,
    NONCE,
    CLIENT_SECRET,
    /** The value of a browser's session cookie. */
    SESSION,
    /** A value by which an issuer identifies a user: user name, login hint, session id. */
    HINT
}
