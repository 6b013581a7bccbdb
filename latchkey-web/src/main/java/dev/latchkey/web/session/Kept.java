package dev.latchkey.web.session;

import java.time.Instant;

/** What a browser keeps for this front in a sealed cookie: a sign-in under way, or how one ended. */
public sealed interface Kept permits Interaction, Outcome {
    /** The page's name for the sign-in. */
    String id();

    /** When it expires. */
    Instant expiresOn();
}
