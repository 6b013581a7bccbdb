/**
 * From {@link dev.latchkey.core.idtoken.RawIdToken}, which nobody may believe, to {@link
 * dev.latchkey.core.idtoken.VerifiedIdToken}, which only {@link dev.latchkey.core.idtoken.IdTokenVerifier} makes.
 */
@NullMarked
package dev.latchkey.core.idtoken;

import org.jspecify.annotations.NullMarked;
