/**
 * What the authority remembers, all of it bounded; start at {@link dev.latchkey.authority.state.Stores}.
 */
@NullMarked
package dev.latchkey.authority.state;

import org.jspecify.annotations.NullMarked;
