package dev.latchkey.core.idtoken;

import dev.latchkey.core.Secret;

/**
 * An ID token as it came, unverified.
 *
 * @param token the compact serialisation
 */
public record RawIdToken(Secret token) {}
