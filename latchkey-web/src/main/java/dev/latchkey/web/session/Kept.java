package dev.latchkey.web.session;

import java.time.Instant;

/** What a browser stores for this front in a sealed cookie: a sign-in in progress, or the outcome of one. */
public sealed interface Kept permits Interaction, Outcome {
    /** The page's id for the sign-in. */
    String id();

    /** When it expires. */
    Instant expiresOn();
}
