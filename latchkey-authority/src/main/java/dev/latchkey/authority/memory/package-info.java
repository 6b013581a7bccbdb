/** Memory that does not grow without end: {@link dev.latchkey.authority.memory.BoundedStore}. */
package dev.latchkey.authority.memory;
