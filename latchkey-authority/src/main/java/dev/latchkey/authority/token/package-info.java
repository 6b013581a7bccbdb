/**
 * Signing keys and the claims of what is signed; start at {@link dev.latchkey.authority.token.SigningKeys}.
 */
package dev.latchkey.authority.token;
