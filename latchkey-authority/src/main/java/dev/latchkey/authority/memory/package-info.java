/** Memory that does not grow without end: {@link dev.latchkey.authority.memory.BoundedStore}. */
@NullMarked
package dev.latchkey.authority.memory;

import org.jspecify.annotations.NullMarked;
