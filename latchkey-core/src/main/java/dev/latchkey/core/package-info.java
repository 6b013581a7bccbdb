/**
 * Basic types used by all other packages, such as {@link dev.latchkey.core.Scopes} and {@link
 * dev.latchkey.core.Secret}.
 *
 * <p>Nothing in or below this package does I/O, reads a clock or draws random numbers: time and entropy are passed in
 * as values.
 */
@NullMarked
package dev.latchkey.core;

import org.jspecify.annotations.NullMarked;
