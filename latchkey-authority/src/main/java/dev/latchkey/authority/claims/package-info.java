/**
 * What is said about a person, and what a client asks to be said; start at
 * {@link dev.latchkey.authority.claims.PersonClaims}.
 */
@NullMarked
package dev.latchkey.authority.claims;

import org.jspecify.annotations.NullMarked;
