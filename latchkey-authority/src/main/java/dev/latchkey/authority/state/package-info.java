/**
 * What the authority remembers, all of it bounded; start at {@link dev.latchkey.authority.state.Stores}.
 */
package dev.latchkey.authority.state;
