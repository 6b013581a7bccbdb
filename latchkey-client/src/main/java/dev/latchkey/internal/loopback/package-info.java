/**
 * The server on the loopback address to which the authority redirects the user (RFC 8252 section 7.3): {@link
 * dev.latchkey.internal.loopback.LoopbackListener}.
 */
@NullMarked
package dev.latchkey.internal.loopback;

import org.jspecify.annotations.NullMarked;
