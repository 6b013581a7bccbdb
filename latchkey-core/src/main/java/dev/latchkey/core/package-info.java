/**
 * The words every other package uses: {@link dev.latchkey.core.Scopes} and {@link dev.latchkey.core.Secret}.
 *
 * <p>Nothing below this package does I/O, reads a clock or draws random numbers: time and entropy come in as values.
 */
@NullMarked
package dev.latchkey.core;

import org.jspecify.annotations.NullMarked;
