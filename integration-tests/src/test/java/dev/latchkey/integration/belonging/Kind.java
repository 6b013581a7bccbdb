package dev.latchkey.integration.belonging;

/** What a secret is. */
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
    /** What a browser's cookie holds. */
    SESSION,
    /** A name by which an issuer knows one of its people: user name, login hint, session id. */
    HINT
}
