package dev.latchkey.core.renewal;

/** What to do with a cached access token. */
public enum Freshness {
    /** Serve it. */
    FRESH,
    /** Serve it, and have one caller renew it in the background. */
    PREFETCH,
    /** Do not serve it. */
    STALE
}
