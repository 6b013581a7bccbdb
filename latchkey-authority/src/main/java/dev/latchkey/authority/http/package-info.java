/**
 * Requests and replies as values, and the server that carries them; start at {@link dev.latchkey.authority.http.HttpService}.
 */
@NullMarked
package dev.latchkey.authority.http;

import org.jspecify.annotations.NullMarked;
