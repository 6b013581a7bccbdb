/**
 * What comes between a request and its answer when a test says so; start at {@link dev.latchkey.authority.interference.Interference}.
 */
@NullMarked
package dev.latchkey.authority.interference;

import org.jspecify.annotations.NullMarked;
