/** The authorization request and its checked response; {@link dev.latchkey.core.authorize.ResponseMode} names the way back. */
package dev.latchkey.core.authorize;
