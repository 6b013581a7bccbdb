/**
 * The server side of {@code latchkey.js}. Start with {@link dev.latchkey.web.LatchkeyWeb}; each endpoint is a class, and
 * what they remember of a browser is in {@code dev.latchkey.web.session}.
 */
@NullMarked
package dev.latchkey.web;

import org.jspecify.annotations.NullMarked;
