/**
 * Signing keys and the claims of what is signed; start at {@link dev.latchkey.authority.token.SigningKeys}.
 */
@NullMarked
package dev.latchkey.authority.token;

import org.jspecify.annotations.NullMarked;
