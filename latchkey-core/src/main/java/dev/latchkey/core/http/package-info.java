/**
 * Wire messages as values: {@link dev.latchkey.core.http.HttpMessage} goes out, {@link
 * dev.latchkey.core.http.HttpAnswer} comes back. Who sends them is not this module's business.
 */
@NullMarked
package dev.latchkey.core.http;

import org.jspecify.annotations.NullMarked;
