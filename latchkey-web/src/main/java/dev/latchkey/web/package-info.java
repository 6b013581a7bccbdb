/**
 * The server side of {@code latchkey.js}. Start with {@link dev.latchkey.web.LatchkeyWeb}. Each endpoint is a class;
 * session state is in {@code dev.latchkey.web.session}.
 */
@NullMarked
package dev.latchkey.web;

import org.jspecify.annotations.NullMarked;
